import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { MeasureId, MeasureValue } from '../../core/contract/report.ts'
import { definitionOf } from '../../core/metrics/definitions.ts'
import { slicesOf } from '../../core/metrics/slices.ts'
import { addTo, noSums, type Sums } from '../../core/metrics/sums.ts'
import { measureValue, noValue } from '../../core/metrics/values.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { completeSince } from '../sync/history.ts'
import { syncedTo } from '../sync/standing.ts'
import { type AddedUp, readAddedUp, sumCases } from './case-sums.ts'
import { compareKeys, type GroupKey, type Groups, putInto, type Question } from './groups.ts'
import { backlogValues, loadValues } from './stay-values.ts'
import { canTell, isOfTickets, sumTickets } from './ticket-cases.ts'

/** What questions are answered with besides the cases: the policy, schedules, and how far everything is. */
export type Known = {
  policy: Policy
  calendars: AccountCalendars
  now: Instant
  addedUp: AddedUp | null
  /** From when and up to when all of Zendesk's tickets are kept; null before they were read. */
  completeSince: Instant | null
  syncedTo: Instant | null
}

export async function whatIsKnown(
  tx: AccountTransaction,
  setting: Pick<Known, 'policy' | 'calendars' | 'now'>,
): Promise<Known> {
  const tickets = { completeSince: await completeSince(tx), syncedTo: await syncedTo(tx) }
  return { ...setting, ...tickets, addedUp: await readAddedUp(tx) }
}

/** A question about a window, cut as far as anything is known of it. */
export async function questionAbout(
  tx: AccountTransaction,
  window: { from: Instant; to: Instant },
  asked: Omit<Question, 'slices' | 'from'>,
  now: Instant,
): Promise<Question> {
  return { ...asked, from: window.from, slices: slicesOf(await clipped(tx, window, now), asked) }
}

export type Answered = {
  totals: Map<MeasureId, MeasureValue>
  groups: { key: GroupKey; values: Map<MeasureId, MeasureValue> }[]
}

/** Values of each group and of all together. Groups are in order. */
export async function valuesOf(tx: AccountTransaction, question: Question, known: Known): Promise<Answered> {
  const ofTickets = question.measures.filter(isOfTickets)
  const ofCases = question.measures.filter((id) => !isOfTickets(id) && id !== 'backlog' && id !== 'load')
  const least = isByAgent(question) ? known.policy.reviews.least : 0
  const groups: Groups<MeasureValue> = new Map()
  const totals = new Map<MeasureId, MeasureValue>()

  if (ofCases.length > 0) await keepSums(await sumCases(tx, { ...question, measures: ofCases }, known.addedUp), ofCases)
  const why = ofTickets.length === 0 ? null : whyNotOfTickets(question, known)
  if (why !== null) for (const id of ofTickets) totals.set(id, noValue(why))
  else if (ofTickets.length > 0) {
    const lowestTier = known.policy.tiers[0]!.level
    await keepSums(await sumTickets(tx, { ...question, measures: ofTickets }, lowestTier), ofTickets)
  }
  if (question.measures.includes('backlog')) {
    const { groups: found, total } = await backlogValues(tx, question, known)
    keepValues('backlog', found, total)
  }
  if (question.measures.includes('load')) {
    const whole = await loadValues(tx, { ...question, by: [], slices: aroundAll(question) }, known)
    const [all] = whole.values()
    const found = question.by.length === 0 ? whole : await loadValues(tx, question, known)
    keepValues('load', found, all?.values.get('load') ?? null)
  }
  return { totals, groups: question.by.length === 0 ? [] : inOrder(groups) }

  function keepValues(id: MeasureId, found: Groups<MeasureValue>, total: MeasureValue | null): void {
    totals.set(id, total ?? noValue('Nothing in this window'))
    for (const { key, values } of found.values()) putInto(groups, key, id, () => values.get(id)!)
  }

  /** Hundreds of groups with a median each take a while, in which others get their turn. */
  async function keepSums(found: Groups<Sums>, ids: readonly MeasureId[]): Promise<void> {
    let made = 0
    for (const id of ids) {
      const definition = definitionOf(id)
      const all = noSums()
      for (const { key, values } of found.values()) {
        const sums = values.get(id)
        if (!sums) continue
        addTo(all, sums)
        if (++made % AT_A_STRETCH === 0) await nextTurn()
        putInto(groups, key, id, () => enough(measureValue(sums, definition), definition.kind === 'count' ? 0 : least))
      }
      totals.set(
        id,
        enough(measureValue(all, definition), definition.kind !== 'count' && question.filters.agent ? least : 0),
      )
    }
  }
}

function inOrder<T>(groups: Groups<T>): { key: GroupKey; values: Map<MeasureId, T> }[] {
  return [...groups.values()].toSorted((a, b) => compareKeys(a.key, b.key))
}

const AT_A_STRETCH = 50

/** What is over at the end of the last slice is over for all. */
function aroundAll({ slices }: Question): Question['slices'] {
  const [first, last] = [slices[0], slices.at(-1)]
  return first && last ? [{ from: first.from, to: last.to, week: null, month: null }] : []
}

/** Of one person a handful of cases says nothing. */
function enough(value: MeasureValue, least: number): MeasureValue {
  if (value.n >= least || value.value === null) return value
  return { ...noValue(`Fewer than ${least} say nothing about a person`, value.n), open: value.open }
}

function isByAgent({ by, filters }: Question): boolean {
  return by.includes('agent') || filters.agent !== undefined
}

function whyNotOfTickets(question: Question, { completeSince, syncedTo }: Known): string | null {
  if (completeSince === null || syncedTo === null) return "Zendesk's tickets have not been read yet"
  if (question.from < completeSince) {
    return `All tickets are known from ${new Date(completeSince).toISOString().slice(0, 10)} on; begin the window there`
  }
  return canTell(question) ? null : 'Tickets that were never escalated do not say this'
}

/** A window as far as anything is known: years before the first case and after now need not be cut into weeks. */
async function clipped(tx: AccountTransaction, { from, to }: { from: Instant; to: Instant }, now: Instant) {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(first) as first, max(last) as last from (
      select min(from_at) as first, max(to_at) as last from measure_week_due
      union all select min(from_at), max(from_at) + ${7 * DAY_MS + HOUR_MS} from measure_week
      union all select min(created_at), max(created_at) + 1 from zendesk_ticket
    ) as known`.execute(tx)
  const { first, last } = rows[0]!
  return { from: Math.max(from, Math.min(first ?? now - DAY_MS, to)), to: Math.min(to, Math.max(now, last ?? now)) }
}
