import { type Audit, asId, type FieldChange } from '../zendesk/audit.ts'

/**
 * Whoever asked for help as of the update at `index`, as far as the updates tell; null when nobody has changed that, so
 * that it is whoever the ticket names now.
 */
export function requesterAsOf(audits: readonly Audit[], index: number): number | null {
  const set = changesIn(audits.slice(0, index + 1)).at(-1)
  if (set) return asId(set.value)
  const next = changesIn(audits.slice(index + 1)).at(0)
  return next ? asId(next.previous) : null
}

function changesIn(audits: readonly Audit[]): FieldChange[] {
  return audits.flatMap(({ changes }) => changes.filter(({ field }) => field === 'requester_id'))
}
