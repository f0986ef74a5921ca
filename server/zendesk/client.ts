import type { AxiosInstance } from 'axios'
import { z } from 'zod'
import { type Clock, MINUTE_MS } from '../../core/units.ts'
import { createApps } from './apps.ts'
import { createArticleExport } from './article-export.ts'
import { type Audit, readAudit } from './audit.ts'
import type { Lane } from './budget.ts'
import { createCall } from './call.ts'
import { ZendeskError } from './error.ts'
import { createExportCall } from './export-call.ts'
import { createZendeskHttp, type ZendeskHttpOptions } from './http.ts'
import { createMetricEventExport } from './metric-events.ts'
import { type Group, type Organization, readOrganization, readUser, type User } from './people.ts'
import { createPeopleExport } from './people-export.ts'
import { createSchedules } from './schedules.ts'
import {
  AuditShape,
  GroupShape,
  MembershipShape,
  OrganizationShape,
  PageShape,
  TicketShape,
  UserShape,
} from './shapes.ts'
import { createSlaPolicies } from './sla-policies.ts'
import { readTicket, type Ticket, type TicketChanges, writeChanges } from './ticket.ts'
import { createTicketEventExport } from './ticket-event-export.ts'
import { createTicketExport } from './ticket-export.ts'
import { createTicketSlas } from './ticket-slas.ts'
import { createTicketStamps } from './ticket-stamps.ts'

export type ZendeskClient = ReturnType<typeof createZendeskClient>

/** A ticket with the people it names, from one call. */
export type TicketWithPeople = { ticket: Ticket; users: User[]; groups: Group[]; organizations: Organization[] }

/** What Zendesk did with an update: the ticket after it, and the audit, with what business rules added. */
export type TicketUpdate = { ticket: Ticket; audit: Audit }

/** Updates of a ticket, oldest first, and who made them. */
export type TicketHistory = { audits: Audit[]; authors: User[] }

const GROUPS_KEPT_MS = 5 * MINUTE_MS
const Nothing = z.unknown()

/** The client of one account, with sign-in, limits and translation of failures. */
export function connectZendesk(options: ZendeskHttpOptions): ZendeskClient {
  return connectInLanes(options).interactive
}

/** One sign-in, and a client for each share of the rate limit. */
export function connectInLanes(options: ZendeskHttpOptions): Record<Lane, ZendeskClient> {
  const http = createZendeskHttp(options)
  return {
    interactive: createZendeskClient(http, options.clock),
    background: createZendeskClient(http, options.clock, 'background'),
  }
}

/** @param lane which share of the rate limit calls are paid from */
export function createZendeskClient(http: AxiosInstance, clock: Clock, lane: Lane = 'interactive') {
  const call = createCall(http, lane)
  const ask = createExportCall(http, clock)
  let groups: { list: Group[]; readAt: number } | null = null
  const groupIds = new Map<number, { list: number[]; readAt: number }>()

  return {
    getTicket,
    readHistory,
    listAuditsSince,
    updateTicket,
    addTags,
    removeTags,
    makeCommentPrivate,
    getUser,
    getOrganization,
    listGroupIdsOf,
    listGroups,
    findGroup,
    ...createApps(http, call),
    ...createTicketExport(ask),
    ...createTicketEventExport(ask),
    ...createMetricEventExport(ask),
    ...createPeopleExport(ask, createCall(http, 'background')),
    ...createArticleExport(ask, createCall(http, 'background')),
    ...createTicketSlas(call),
    ...createTicketStamps(call),
    ...createSlaPolicies(call),
    ...createSchedules(createCall(http, 'background')),
    get: <T>(path: string, schema: z.ZodType<T>) => call('get', path, undefined, schema),
    post: <T>(path: string, body: unknown, schema: z.ZodType<T>) => call('post', path, body, schema),
    put: <T>(path: string, body: unknown, schema: z.ZodType<T>) => call('put', path, body, schema),
    patch: async (path: string, body: unknown): Promise<void> => void (await call('patch', path, body, Nothing)),
    delete: async (path: string): Promise<void> => void (await call('delete', path, undefined, Nothing)),
  }

  /** @throws {ZendeskError} `not-found` for one that never was, was deleted, or that we may not see */
  async function getTicket(id: number): Promise<TicketWithPeople> {
    const Answer = z.object({
      ticket: TicketShape,
      users: z.array(UserShape).default([]),
      groups: z.array(GroupShape).default([]),
      organizations: z.array(OrganizationShape).default([]),
    })
    const answer = await call('get', `/api/v2/tickets/${id}.json?include=users,groups,organizations`, undefined, Answer)
    return {
      ticket: readTicket(answer.ticket),
      users: answer.users.map(readUser).filter((user) => user !== null),
      groups: answer.groups,
      organizations: answer.organizations.map(readOrganization),
    }
  }

  /** Audits after `auditId`; 0 reads them all. Pages are read newest first, only as far as needed. */
  async function readHistory(ticketId: number, auditId: number): Promise<TicketHistory> {
    const audits = new Map<number, Audit>()
    const authors = new Map<number, User>()
    let after: string | null = null
    do {
      const page = await pageOfAudits(ticketId, after)
      for (const audit of page.audits) if (audit.id > auditId) audits.set(audit.id, audit)
      for (const user of page.users) authors.set(user.id, user)
      const isKnownReached = page.audits.some(({ id }) => id <= auditId)
      after = isKnownReached ? null : page.after
    } while (after !== null)
    return { audits: [...audits.values()].sort((a, b) => a.id - b.id), authors: [...authors.values()] }
  }

  /** The same without the people. */
  async function listAuditsSince(ticketId: number, auditId: number): Promise<Audit[]> {
    return (await readHistory(ticketId, auditId)).audits
  }

  async function pageOfAudits(ticketId: number, after: string | null) {
    const Answer = z.object({ audits: z.array(AuditShape), users: z.array(UserShape).default([]), meta: PageShape })
    const query = new URLSearchParams({ 'page[size]': '100', sort: '-created_at', include: 'users' })
    if (after !== null) query.set('page[after]', after)
    const answer = await call('get', `/api/v2/tickets/${ticketId}/audits.json?${query}`, undefined, Answer)
    return {
      audits: answer.audits.map(readAudit),
      users: answer.users.map(readUser).filter((user) => user !== null),
      // A next link is there even on the last page; only `has_more` tells.
      after: answer.meta?.has_more ? (answer.meta.after_cursor ?? null) : null,
    }
  }

  /**
   * Changes a ticket only if nobody changed it since `seenAt`. Either all of it is saved, or nothing.
   *
   * @param seenAt the ticket's `updatedAt` when we last read it
   * @throws {ZendeskError} `conflict` when someone else changed the ticket first; read it again and decide again
   * Source: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#protecting-against-ticket-update-collisions
   */
  async function updateTicket(id: number, changes: TicketChanges, seenAt: string): Promise<TicketUpdate> {
    const ticket = { ...writeChanges(changes), safe_update: true, updated_stamp: seenAt }
    const Answer = z.object({ ticket: TicketShape, audit: AuditShape })
    const answer = await call('put', `/api/v2/tickets/${id}.json`, { ticket }, Answer)
    return { ticket: readTicket(answer.ticket), audit: readAudit(answer.audit) }
  }

  /** Adds tags and leaves the others alone, whoever changes them meanwhile. Source: api.md 3.3 */
  async function addTags(ticketId: number, tags: string[]): Promise<void> {
    await call('put', `/api/v2/tickets/${ticketId}/tags.json`, { tags }, Nothing)
  }

  /** Removes tags and leaves the others alone. */
  async function removeTags(ticketId: number, tags: string[]): Promise<void> {
    await call('delete', `/api/v2/tickets/${ticketId}/tags.json`, { tags }, Nothing)
  }

  /** One-way: a comment made private stays so. */
  async function makeCommentPrivate(ticketId: number, commentId: number): Promise<void> {
    await call('put', `/api/v2/tickets/${ticketId}/comments/${commentId}/make_private.json`, {}, Nothing)
  }

  async function getUser(id: number): Promise<User> {
    const { user } = await call('get', `/api/v2/users/${id}.json`, undefined, z.object({ user: UserShape }))
    const known = readUser(user)
    if (!known) throw new ZendeskError('not-found', `GET /api/v2/users/${id}.json has no id`, { reason: 'not-found' })
    return known
  }

  async function getOrganization(id: number): Promise<Organization> {
    const Answer = z.object({ organization: OrganizationShape })
    const { organization } = await call('get', `/api/v2/organizations/${id}.json`, undefined, Answer)
    return readOrganization(organization)
  }

  /** The groups an agent is a member of. @param keptMs what was read so long ago is good enough */
  async function listGroupIdsOf(userId: number, keptMs = 0): Promise<number[]> {
    const kept = groupIds.get(userId)
    if (kept && clock.now() - kept.readAt < keptMs) return kept.list
    const rows = await listAll(`/api/v2/users/${userId}/group_memberships.json`, 'group_memberships', MembershipShape)
    const list = rows.map((row) => row.group_id)
    groupIds.set(userId, { list, readAt: clock.now() })
    return list
  }

  /** All groups that are not deleted; what was read is kept for five minutes. */
  async function listGroups(): Promise<Group[]> {
    if (groups && clock.now() - groups.readAt < GROUPS_KEPT_MS) return groups.list
    return refreshGroups()
  }

  /** A group by its name. One that is not known yet is looked for again before it counts as missing. */
  async function findGroup(name: string): Promise<Group | null> {
    const byName = (group: Group) => group.name === name
    const wasKept = groups !== null
    return (await listGroups()).find(byName) ?? (wasKept ? ((await refreshGroups()).find(byName) ?? null) : null)
  }

  async function refreshGroups(): Promise<Group[]> {
    const rows = await listAll('/api/v2/groups.json', 'groups', GroupShape)
    const list = rows.filter(({ deleted }) => !deleted).map(({ id, name }) => ({ id, name }))
    groups = { list, readAt: clock.now() }
    return list
  }

  async function listAll<T>(path: string, key: string, shape: z.ZodType<T>): Promise<T[]> {
    const rows: T[] = []
    let after: string | null = null
    do {
      const query = new URLSearchParams({ 'page[size]': '100' })
      if (after !== null) query.set('page[after]', after)
      const Answer = z.object({ [key]: z.array(shape), meta: PageShape })
      const answer: Record<string, unknown> = await call('get', `${path}?${query}`, undefined, Answer)
      rows.push(...(answer[key] as T[]))
      const meta = answer.meta as z.infer<typeof PageShape>
      after = meta?.has_more ? (meta.after_cursor ?? null) : null
    } while (after !== null)
    return rows
  }
}
