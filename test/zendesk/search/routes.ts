import { type Request, type Response, Router } from 'express'
import { allow, callerOf } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { Refused } from '../http/refused.ts'
import { presentGroup, presentOrganization, presentUser } from '../people/present.ts'
import { findUsers } from '../people/user-search.ts'
import { visibleTickets } from '../tickets/find.ts'
import { presentTicket } from '../tickets/present-ticket.ts'
import type { World } from '../world.ts'
import { parseQuery, type Term, ticketMatches } from './query.ts'

/** Search shows this many and no more. */
const MOST_RESULTS = 1000

type Result = { id: number; at: number; show(): Record<string, unknown> }

/** Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/ */
export function searchRoutes(world: World): Router {
  const router = Router()
  const search = allow(world, 'search')

  router.get('/api/v2/search', search, (req, res) => {
    if (typeof req.query.page === 'object') throw badSearch(400, 'Search takes page and per_page, not cursors')
    const results = sortResults(req, find(req, res, readTerms(req)))
    const perPage = Math.min(Number(req.query.per_page ?? 100) || 100, 100)
    if ((Number(req.query.page ?? 1) || 1) * perPage > MOST_RESULTS) {
      throw badSearch(422, `Invalid search: Requested response size was greater than Search Response Limits`)
    }
    const page = paginate(world, req, results.slice(0, MOST_RESULTS))
    res.json({
      results: page.rows.map((row) => row.show()),
      facets: null,
      ...page.envelope,
      count: results.length,
    })
  })

  router.get('/api/v2/search/count', search, (req, res) => {
    res.json({ count: find(req, res, readTerms(req)).length })
  })

  router.get('/api/v2/search/export', search, (req, res) => {
    const filter = req.query.filter as { type?: string } | undefined
    if (!filter?.type) throw badSearch(422, 'Invalid search: filter[type] is required')
    const terms = readTerms(req)
    if (terms.some((term) => term.key === 'type')) throw badSearch(422, 'Invalid search: type belongs in filter[type]')
    req.query.page ??= {} as never
    const type: Term = { key: 'type', operator: ':', value: filter.type, negated: false }
    const results = find(req, res, [type, ...terms]).sort((a, b) => a.at - b.at)
    const page = paginate(world, req, results)
    res.json({ results: page.rows.map((row) => row.show()), facets: null, ...page.envelope })
  })

  return router

  function find(_req: Request, res: Response, terms: Term[]): Result[] {
    const { user } = callerOf(res)
    const { state } = world
    const type = terms.find((term) => term.key === 'type')?.value ?? null
    const words = terms.filter((term) => term.key !== 'type').map(termText)
    const query = words.join(' ')
    const results: Result[] = []
    if (type === null || type === 'ticket') {
      for (const ticket of visibleTickets(world, user)) {
        if (!ticketMatches(state, ticket, terms, user.id)) continue
        const show = () => ({ ...presentTicket(world, ticket), result_type: 'ticket' })
        results.push({ id: ticket.id, at: ticket.created_at, show })
      }
    }
    if (type === null || type === 'user') {
      for (const one of findUsers(Object.values(state.users), query)) {
        if (one.active) {
          results.push({
            id: one.id,
            at: one.created_at,
            show: () => ({ ...presentUser(world, one), result_type: 'user' }),
          })
        }
      }
    }
    if (type === 'organization' || type === 'group') {
      const records = type === 'organization' ? Object.values(state.organizations) : Object.values(state.groups)
      for (const one of records) {
        if (!matchesRecord(one, terms)) continue
        const shown = () => ('domain_names' in one ? presentOrganization(world, one) : presentGroup(world, one))
        results.push({ id: one.id, at: one.created_at, show: () => ({ ...shown(), result_type: type }) })
      }
    }
    return results
  }
}

function matchesRecord(record: { name: string; external_id?: string | null }, terms: Term[]): boolean {
  return terms.every(({ key, value }) => {
    const wanted = value.toLowerCase()
    if (key === 'type') return true
    if (key === 'external_id') return record.external_id?.toLowerCase() === wanted
    return record.name.toLowerCase().includes(wanted)
  })
}

function termText({ key, value }: Term): string {
  const text = value.includes(' ') ? `"${value}"` : value
  return key ? `${key}:${text}` : text
}

function readTerms(req: Request): Term[] {
  const { query } = req.query
  if (typeof query !== 'string') throw badSearch(400, 'Invalid search: the query is missing')
  return parseQuery(query)
}

function sortResults(req: Request, results: Result[]): Result[] {
  const { sort_by, sort_order } = req.query
  const direction = sort_order === 'asc' ? 1 : -1
  if (sort_by !== undefined && sort_by !== 'created_at') return results
  return results.sort((a, b) => direction * (a.at - b.at || a.id - b.id))
}

function badSearch(status: number, description: string): Refused {
  return new Refused({ status, body: { error: 'invalid', description } })
}
