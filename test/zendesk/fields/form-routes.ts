import { type Request, Router } from 'express'
import { allow } from '../http/allow.ts'
import { readId, readIds, readRoot } from '../http/parameters.ts'
import { addProblem, notFound, type Problems, refuseIfAny } from '../http/refused.ts'
import type { FormCondition, TicketForm } from '../state/model.ts'
import { pick } from '../tickets/sideloads.ts'
import type { World } from '../world.ts'
import { presentForm } from './present.ts'

/** Ticket forms; their list has no pages. Source: …/api-reference/ticketing/tickets/ticket_forms/ */
export function formRoutes(world: World): Router {
  const router = Router()
  const read = allow(world, 'ticket_forms')
  const write = allow(world, 'ticket_forms', 'admin')

  router.get('/api/v2/ticket_forms', read, (req, res) => {
    const { active } = req.query
    const rows = Object.values(world.state.ticket_forms)
      .filter((form) => active === undefined || String(form.active) === active)
      .sort((a, b) => a.position - b.position)
    answer(res, rows)
  })

  router.get('/api/v2/ticket_forms/show_many', read, (req, res) => {
    answer(res, pick(world.state.ticket_forms, readIds(req)))
  })

  router.get('/api/v2/ticket_forms/:id', read, (req, res) => {
    res.json({ ticket_form: presentForm(world, find(req)) })
  })

  router.post('/api/v2/ticket_forms', write, (req, res) => {
    const now = world.clock.now()
    const ticket_field_ids = Object.values(world.state.ticket_fields).flatMap((one) => (one.removable ? [] : [one.id]))
    const blank: TicketForm = {
      ...{ id: 0, name: '', display_name: '', active: true, default: false, end_user_visible: true, ticket_field_ids },
      ...{ position: Object.keys(world.state.ticket_forms).length + 1, created_at: now, updated_at: now },
    }
    const form = change(blank, readRoot(req, 'ticket_form'))
    form.id = world.nextId('ticket_form')
    world.state.ticket_forms[form.id] = form
    const shown = presentForm(world, form)
    res.status(201).location(shown.url).json({ ticket_form: shown })
  })

  router.put('/api/v2/ticket_forms/:id', write, (req, res) => {
    const form = change(find(req), readRoot(req, 'ticket_form'))
    world.state.ticket_forms[form.id] = form
    res.json({ ticket_form: presentForm(world, form) })
  })

  router.delete('/api/v2/ticket_forms/:id', write, (req, res) => {
    const form = find(req)
    if (form.default) refuseIfAny({ base: [{ description: 'Ticket form: the default form cannot be deleted' }] })
    delete world.state.ticket_forms[form.id]
    res.status(204).end()
  })

  return router

  function find(req: Request): TicketForm {
    const form = world.state.ticket_forms[readId(req, 'ticket_forms/show')]
    if (!form) throw notFound()
    return form
  }

  /** A changed copy; `ticket_field_ids` replaces the list. */
  function change(before: TicketForm, given: Record<string, unknown>): TicketForm {
    const form = structuredClone(before)
    const problems: Problems = {}
    if (given.name !== undefined) form.name = String(given.name)
    if (given.display_name !== undefined || !form.display_name)
      form.display_name = String(given.display_name ?? form.name)
    if (given.active !== undefined) form.active = given.active === true
    if (given.end_user_visible !== undefined) form.end_user_visible = given.end_user_visible === true
    if (given.position !== undefined) form.position = Number(given.position)
    if (Array.isArray(given.agent_conditions)) form.agent_conditions = given.agent_conditions as FormCondition[]
    if (Array.isArray(given.ticket_field_ids)) form.ticket_field_ids = given.ticket_field_ids.map(Number)
    if (form.name.trim() === '') addProblem(problems, 'name', 'Name: cannot be blank')
    for (const id of form.ticket_field_ids) {
      if (!world.state.ticket_fields[id]) addProblem(problems, 'ticket_field_ids', `Ticket field: ${id} is invalid`)
    }
    refuseIfAny(problems)
    form.updated_at = world.clock.now()
    return form
  }

  function answer(res: { json(body: unknown): void }, rows: TicketForm[]): void {
    const ticket_forms = rows.map((form) => presentForm(world, form))
    res.json({ ticket_forms, next_page: null, previous_page: null, count: rows.length })
  }
}
