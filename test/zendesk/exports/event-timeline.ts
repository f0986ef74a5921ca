import { seconds } from '../http/times.ts'
import type { Audit, State } from '../state/model.ts'
import { compare, type Position } from './cursor.ts'
import type { Timeline } from './timeline.ts'

/**
 * The audits of all tickets, oldest first, kept between requests. As with records nobody has to announce a change; but
 * an audit is written once, so what is compared is how many each ticket has, and only new ones are put in order.
 */
export function createEventTimeline(state: State): Timeline<Audit> {
  let lists: Audit[][] = []
  let lengths: number[] = []
  let audits: Audit[] = []

  return { ordered, positionOf }

  function ordered(): readonly Audit[] {
    const now = Object.values(state.audits)
    if (!isGrownFrom(now)) {
      audits = []
      lengths = []
    }
    const added = now.flatMap((list, index) => (list.length === lengths[index] ? [] : list.slice(lengths[index] ?? 0)))
    if (added.length > 0) keep(added.sort(inOrder))
    lists = now
    lengths = now.map((list) => list.length)
    return audits
  }

  /** Whether tickets only got audits since, and other tickets came after them. */
  function isGrownFrom(now: Audit[][]): boolean {
    return lists.every((list, index) => list === now[index] && list.length >= lengths[index]!)
  }

  /** Nearly always they are newer than all others; else the whole is put in order. */
  function keep(added: Audit[]): void {
    const last = audits.at(-1)
    const areLater = !last || inOrder(last, added[0]!) < 0
    audits = audits.concat(added)
    if (!areLater) audits.sort(inOrder)
  }
}

function positionOf(audit: Audit): Position {
  return { second: seconds(audit.created_at), id: audit.id }
}

function inOrder(a: Audit, b: Audit): number {
  return compare(positionOf(a), positionOf(b))
}
