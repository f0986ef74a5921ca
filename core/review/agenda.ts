import type { Instant } from '../units.ts'
import { type BacklogItem, type ConcernKind, inOrder } from './backlog.ts'

/** What a review can decide about an escalation. It is recorded; whoever it falls to does it in the ticket. */
export const DECISIONS = ['keep', 'raise', 'de-escalate', 'drop', 'note'] as const
export type DecisionKind = (typeof DECISIONS)[number]

export type ReviewDecision = { decision: DecisionKind; note: string; by: string; at: Instant }

/** An item with what the review decided about it, if it has. */
export type DecidedItem = BacklogItem & { decided: ReviewDecision | null }

/** A review that was held, or is. `week`: as in `2026-W10`. */
export type WeeklyReview = { week: string; heldAt: Instant; items: DecidedItem[] }

export type AgendaItem = DecidedItem & {
  /** Against the last review that was held. */
  change: 'new' | 'still' | 'worse'
  /** Concerns that were not there then. */
  added: ConcernKind[]
  /** What was decided then. */
  before: ReviewDecision | null
}

/** Something that was on the last agenda and is not any more. */
export type GoneItem = Pick<DecidedItem, 'escalationId' | 'ticketId' | 'severity' | 'summary' | 'decided'> & {
  /** Whether its escalation has ended; else it is open and in order. */
  hasEnded: boolean
}

export type Agenda = {
  week: string
  asOf: Instant
  /** How many escalations were open. */
  open: number
  items: AgendaItem[]
  gone: GoneItem[]
  /** The week it is held against; null for the first. */
  against: string | null
}

export type AgendaInput = {
  now: Instant
  items: readonly BacklogItem[]
  open: readonly string[]
  /** Decisions of this week, by escalation. */
  decided: ReadonlyMap<string, ReviewDecision>
  last: WeeklyReview | null
}

/** This week's agenda, with what has changed since the last one. Pure: the same record gives the same agenda. */
export function agendaOf({ now, items, open, decided, last }: AgendaInput): Agenda {
  const before = new Map(last?.items.map((item) => [item.escalationId, item]))
  const present = inOrder(items).map((item): AgendaItem => {
    const old = before.get(item.escalationId)
    const known = old?.concerns.map(({ kind }) => kind) ?? []
    const added = item.concerns.map(({ kind }) => kind).filter((kind) => !known.includes(kind))
    return {
      ...item,
      decided: decided.get(item.escalationId) ?? null,
      change: !old ? 'new' : added.length > 0 ? 'worse' : 'still',
      added,
      before: old?.decided ?? null,
    }
  })
  const here = new Set(present.map(({ escalationId }) => escalationId))
  const gone = (last?.items ?? [])
    .filter(({ escalationId }) => !here.has(escalationId))
    .map(({ escalationId, ticketId, severity, summary, decided: was }) => ({
      ...{ escalationId, ticketId, severity, summary, decided: was },
      hasEnded: !open.includes(escalationId),
    }))
  return { week: weekOf(now), asOf: now, open: open.length, items: present, gone, against: last?.week ?? null }
}

const DAY = 86_400_000

/** The ISO week of an instant in UTC: `2026-W10`. Its year is that of its Thursday. */
export function weekOf(at: Instant): string {
  const date = new Date(at)
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - weekday + 3))
  const year = thursday.getUTCFullYear()
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY))
  return `${year}-W${String(week).padStart(2, '0')}`
}
