import type { Effect } from '../../core/escalation/effects.ts'
import type { Difference } from '../../core/escalation/facts.ts'
import type { Installation } from '../admin/installation.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { rewind } from '../zendesk/rewind.ts'
import type { Ticket, TicketChanges } from '../zendesk/ticket.ts'
import {
  type Asked,
  askFor,
  askForFields,
  carriesMarker,
  commentChanges,
  fieldChanges,
  routeChanges,
} from './changes.ts'
import { compare } from './compare.ts'
import { TICKET_CLOSED } from './outcome.ts'
import { overwrittenTags } from './overwritten-tags.ts'
import { findPlace, type Place } from './place.ts'
import { Refused } from './refused.ts'

export type CarriedOut = { differences: Difference[]; wasPublic: boolean }

/** Reads, recomputes and writes again at most so often before the queue is to try later. */
const MOST_ROUNDS = 5

/** Carries out one effect, unless one of the ticket's updates shows that it was carried out already. */
export async function carryOut(
  effect: Effect,
  zendesk: ZendeskClient,
  installation: Installation,
): Promise<CarriedOut> {
  const place = await findPlace(effect, zendesk)
  for (let round = 1; ; round++) {
    // The audits are read after the ticket: an update of ours that comes between the two is then seen.
    const { ticket } = await zendesk.getTicket(effect.ticketId)
    const audits = await zendesk.listAuditsSince(effect.ticketId, effect.afterAuditId)
    const asked = askedBy(effect, ticket, place, installation)
    const index = audits.findIndex(({ custom }) => carriesMarker(custom, effect.id))
    if (index !== -1) {
      const before = rewind(ticket, audits.slice(index))
      const after = rewind(ticket, audits.slice(index + 1))
      const then = askedBy(effect, before, place, installation)
      return verify(effect, then, after, audits[index]!, zendesk)
    }
    if (ticket.status === 'closed') throw new Refused('ticket-closed', TICKET_CLOSED)

    const changes = changesFor(effect, ticket, asked, place)
    try {
      const update = await zendesk.updateTicket(effect.ticketId, changes, ticket.updatedAt)
      return await verify(effect, asked, update.ticket, update.audit, zendesk)
    } catch (error) {
      if (!isOvertaken(error) || round === MOST_ROUNDS) throw error
    }
  }
}

function askedBy(effect: Effect, ticket: Ticket, place: Place, installation: Installation): Asked | null {
  if (effect.kind === 'route-ticket') return askFor(effect, ticket, place, installation)
  if (effect.kind === 'show-stage') return askForFields(effect, ticket, place, installation)
  return null
}

function changesFor(effect: Effect, ticket: Ticket, asked: Asked | null, { remark }: Place): TicketChanges {
  if (effect.kind === 'route-ticket') return routeChanges(effect, ticket, asked!, remark)
  return effect.kind === 'show-stage' ? fieldChanges(effect, ticket, asked!) : commentChanges(effect)
}

/** Holds what Zendesk did against what was asked, and mends what must not stay: a public comment, others' tags. */
async function verify(
  effect: Effect,
  asked: Asked | null,
  returned: Ticket,
  audit: Audit,
  zendesk: ZendeskClient,
): Promise<CarriedOut> {
  const leaked = audit.comments.filter(({ isPublic }) => isPublic)
  for (const { id } of leaked) if (id !== null) await zendesk.makeCommentPrivate(effect.ticketId, id)
  if (!asked) return { differences: [], wasPublic: leaked.length > 0 }

  const { lost, returned: broughtBack } = overwrittenTags(audit, asked)
  if (lost.length > 0) await zendesk.addTags(effect.ticketId, lost)
  if (broughtBack.length > 0) await zendesk.removeTags(effect.ticketId, broughtBack)
  return { differences: compare(asked, returned, await zendesk.listGroups()), wasPublic: leaked.length > 0 }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ZendeskError && (error.failure === 'conflict' || error.failure === 'collision')
}
