import type { Instant } from '../units.ts'

/** A change of one field of a ticket, or a comment, as the account's history keeps it (`ticket_change`) or an audit tells it. */
export type TicketChange = {
  ticketId: number
  auditId: number
  at: Instant
  part: number
  /** `status`, `priority`, `group_id`, `assignee_id`, `created`, or `comment` with `public` or `private` as its value. */
  field: string
  value: string | null
  /** Of a comment: its length, where that is known. */
  previous: string | null
  byId: number | null
  /** The business rule that did it; null when a person did. */
  ruleId: number | null
  /** Of a public comment whose words could be read: whether it asks something. The history keeps no words. */
  asks?: boolean
}

export type Moved = { from: string | null; to: string | null }

export type Words = { isPublic: boolean; length: number | null; asks: boolean | null }

/** One update of a ticket, as far as a person made it. What business rules did with it is left out of all but the status. */
export type Update = {
  auditId: number
  at: Instant
  byId: number | null
  isCreation: boolean
  /** Null where the update leaves it alone. */
  status: (Moved & { isByRule: boolean }) | null
  priority: Moved | null
  group: Moved | null
  assignee: Moved | null
  comments: Words[]
}

/** The updates of one ticket, oldest first, whatever the order of its changes. */
export function updatesOf(changes: readonly TicketChange[]): Update[] {
  const audits = [...Map.groupBy(changes, ({ auditId }) => auditId).values()]
  return audits
    .map((parts) => updateOf(parts.toSorted((a, b) => a.part - b.part)))
    .toSorted((a, b) => a.at - b.at || a.auditId - b.auditId)
}

function updateOf(parts: readonly TicketChange[]): Update {
  const { auditId, at, byId } = parts[0]!
  const own = parts.filter(({ ruleId }) => ruleId === null)
  const status = movedIn(parts, 'status')
  const isByRule = parts.findLast(({ field }) => field === 'status')?.ruleId != null
  return {
    ...{ auditId, at, byId, isCreation: parts.some(({ field }) => field === 'created') },
    status: status && { ...status, isByRule },
    priority: movedIn(own, 'priority'),
    group: movedIn(own, 'group_id'),
    assignee: movedIn(own, 'assignee_id'),
    comments: own
      .filter(({ field }) => field === 'comment')
      .map(({ value, previous, asks }) => ({
        isPublic: value === 'public',
        length: previous === null ? null : Number(previous),
        asks: asks ?? null,
      })),
  }
}

/** Where a field ended up; null when it came back to where it was. */
function movedIn(parts: readonly TicketChange[], field: string): Moved | null {
  const own = parts.filter((part) => part.field === field)
  const [first, last] = [own[0], own.at(-1)]
  return first && last && first.previous !== last.value ? { from: first.previous, to: last.value } : null
}

export function isPublic({ comments }: Update): boolean {
  return comments.some((comment) => comment.isPublic)
}
