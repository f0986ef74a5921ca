import { type Request, Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { notFound, refuseIfAny } from '../http/refused.ts'
import type { Field, State } from '../state/model.ts'
import type { World } from '../world.ts'
import { type FieldKind, presentField } from './present.ts'
import { saveField } from './save-field.ts'

/** Ticket, user and organisation fields and their options. Source: …/api-reference/ticketing/tickets/ticket_fields/ */
export function fieldRoutes(world: World): Router {
  const router = Router()
  for (const kind of ['ticket_field', 'user_field', 'organization_field'] as const) mountKind(kind)
  return router

  function mountKind(kind: FieldKind): void {
    const plural = `${kind}s` as keyof State & `${FieldKind}s`
    const base = `/api/v2/${plural}`
    const read = allow(world, plural)
    const write = allow(world, plural, 'admin')

    router.get(base, read, (req, res) => {
      const rows = Object.values(fields()).sort((a, b) => a.position - b.position || a.id - b.id)
      const page = paginate(world, req, rows)
      res.json({ [plural]: page.rows.map((field) => presentField(world, kind, field)), ...page.envelope })
    })

    router.get(`${base}/count`, read, (_req, res) => {
      const refreshed_at = new Date(world.clock.now()).toISOString()
      res.json({ count: { value: Object.keys(fields()).length, refreshed_at } })
    })

    router.get(`${base}/:id`, read, (req, res) => {
      res.json({ [kind]: presentField(world, kind, find(req)) })
    })

    router.post(base, write, (req, res) => {
      const field = saveField(world, kind, null, readRoot(req, kind))
      const shown = presentField(world, kind, field)
      res
        .status(201)
        .location(shown.url)
        .json({ [kind]: shown })
    })

    router.put(`${base}/:id`, write, (req, res) => {
      res.json({ [kind]: presentField(world, kind, saveField(world, kind, find(req), readRoot(req, kind))) })
    })

    router.delete(`${base}/:id`, write, (req, res) => {
      const field = find(req)
      if (!field.removable) refuseIfAny({ base: [{ description: `${field.title}: is a system field` }] })
      delete fields()[field.id]
      for (const form of Object.values(world.state.ticket_forms)) {
        form.ticket_field_ids = form.ticket_field_ids.filter((id) => id !== field.id)
      }
      for (const ticket of Object.values(world.state.tickets)) delete ticket.custom_fields[field.id]
      res.status(204).end()
    })

    router.get(`${base}/:id/options`, read, (req, res) => {
      const rows = presentOptions(find(req), base)
      const page = paginate(world, req, rows)
      res.json({ custom_field_options: page.rows, ...page.envelope })
    })

    router.post(`${base}/:id/options`, write, (req, res) => {
      const field = find(req)
      const given = readRoot(req, 'custom_field_option')
      const known = field.custom_field_options.find((one) => one.id === given.id)
      const others = field.custom_field_options.filter((one) => one !== known)
      saveField(world, kind, field, { custom_field_options: [...others, { ...known, ...given }] })
      const saved = presentOptions(field, base).at(-1)
      res.status(known ? 200 : 201).json({ custom_field_option: saved })
    })

    router.delete(`${base}/:id/options/:option_id`, write, (req, res) => {
      const field = find(req)
      const id = readId(req, `${plural}/options`, 'option_id')
      if (!field.custom_field_options.some((one) => one.id === id)) throw notFound()
      field.custom_field_options = field.custom_field_options.filter((one) => one.id !== id)
      res.status(204).end()
    })

    function fields(): Record<number, Field> {
      return world.state[plural]
    }

    /** User and organisation fields also answer to their key. */
    function find(req: Request): Field {
      const byKey = Object.values(fields()).find((field) => field.key !== null && field.key === req.params.id)
      const field = byKey ?? fields()[readId(req, `${plural}/show`)]
      if (!field) throw notFound()
      return field
    }

    function presentOptions(field: Field, path: string) {
      return field.custom_field_options.map(({ id, name, value }, position) => {
        const url = `${world.url}${path}/${field.id}/options/${id}.json`
        return { id, name, position, raw_name: name, url, value, default: false }
      })
    }
  }
}
