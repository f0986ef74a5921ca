import { nearest } from '../nearest.ts'
import { type Minutes, parseDuration } from '../units.ts'
import { checkCustomerTiers } from './check-customer-tiers.ts'
import type { TimerEntry } from './clocks-schema.ts'
import type { Policy, PolicyTimer, Queue, Tier } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import { checkScheduleId } from './resolve-opening-hours.ts'
import type { EscalationEntry } from './schema.ts'

const ROOT: Path = ['escalation', 'timers']
/** A comment more often than this is noise, whoever asks for it. */
const LEAST_EVERY: Minutes = 5

/** What a timer's selectors may name. */
type Known = {
  /** Lowest first. */
  tiers: readonly Tier[]
  queues: Readonly<Record<string, Queue>>
  customerTiers: readonly string[]
}

export function resolveTimers({ timers = [] }: EscalationEntry, known: Known, report: Report): PolicyTimer[] {
  const ids = new Set<string>()
  return timers.map((entry, index) => {
    const path = [...ROOT, index]
    if (ids.has(entry.id)) report.refuse([...path, 'id'], `The timer "${entry.id}" is given twice`)
    ids.add(entry.id)
    checkSelectors(entry, known, path, report)
    const every = entry.every === undefined ? null : parseDuration(entry.every)
    if (every !== null && every < LEAST_EVERY) {
      report.refuse([...path, 'every'], `It may come again after ${LEAST_EVERY} minutes at the earliest`)
    }
    return {
      id: entry.id,
      title: entry.title,
      of: entry.of,
      after: parseDuration(entry.after)!,
      every,
      // biome-ignore lint/suspicious/noThenProperty: a word of the policy, never awaited
      then: entry.then ?? 'remind',
      counts: entry.counts ?? 'business',
      severities: entry.severity ?? [],
      customerTiers: entry.customer_tier ?? [],
      tiers: entry.tier ?? [],
      queues: entry.queue ?? [],
    }
  })
}

function checkSelectors(entry: TimerEntry, { tiers, queues, customerTiers }: Known, path: Path, report: Report): void {
  const levels = tiers.map(({ level }) => level)
  entry.tier?.forEach((level, index) => {
    if (levels.includes(level)) return
    report.refuse([...path, 'tier', index], `There is no tier ${level}; there are ${levels.join(', ')}`)
  })
  entry.queue?.forEach((id, index) => {
    if (Object.hasOwn(queues, id)) return
    report.refuse([...path, 'queue', index], `There is no queue "${id}"`, nearest(id, Object.keys(queues)))
  })
  checkCustomerTiers(entry.customer_tier, customerTiers, [...path, 'customer_tier'], report)
  const top = levels.at(-1)
  if (entry.then === 'escalate' && entry.tier?.every((level) => level === top)) {
    report.refuse([...path, 'tier'], `Tier ${top} is the highest; there is nowhere to escalate to`)
  }
}

/** Whom clocks never let sleep is told at any hour too, unless the policy says otherwise. */
export function resolveNotices(entry: EscalationEntry, report: Report): Policy['notices'] {
  const { hours, around_the_clock } = entry.notices ?? {}
  checkScheduleId(hours, entry, ['escalation', 'notices', 'hours'], report)
  return { hours: hours ?? null, aroundTheClock: around_the_clock ?? entry.clocks?.around_the_clock ?? [] }
}
