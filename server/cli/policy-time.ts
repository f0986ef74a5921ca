import type { ClockName } from '../../core/clock/targets.ts'
import { openMinutes } from '../../core/clock/week.ts'
import { hoursOf, raisesOf } from '../../core/policy/diff-clocks.ts'
import type { Policy, PolicySchedule, PolicyTimer, Tier } from '../../core/policy/policy.ts'
import { formatDuration, type Minutes } from '../../core/units.ts'
import { table } from './table.ts'

const ENGINEERING = ['acknowledge', 'investigate', 'fix', 'fix-to-customer'] as const

/** What a policy says about time, as tables; only what it has something to say about. */
export function timeTables(policy: Policy): string[] {
  const { schedules, tiers, timers } = policy
  const engineering = tiers.filter((tier) => ENGINEERING.some((name) => tier.engineering[name] !== null))
  return [
    ...(engineering.length > 0
      ? [table(['TIER', 'ACKNOWLEDGE', 'INVESTIGATE', 'FIX', 'FIX TO CUSTOMER'], engineering.map(engineeringRow))]
      : []),
    ...(schedules.length > 0 ? [table(['SCHEDULE', 'NAME', 'HOURS', 'USED BY'], scheduleRows(policy))] : []),
    table(['CLOCK', 'TARGET', 'COUNTS', 'RESTS IN', 'WARNS AT'], clockRows(policy)),
    ...(timers.length > 0 ? [table(['TIMER', 'AFTER', 'OF', 'DOES', 'FOR', 'TITLE'], timers.map(timerRow))] : []),
    `${aroundTheClock(policy)}Escalates by itself ${raisesOf(policy)}; people are told ${hoursOf(policy)}`,
  ]
}

function aroundTheClock({ clocks }: Policy): string {
  return clocks.aroundTheClock.length > 0 ? `Around the clock: ${clocks.aroundTheClock.join(', ')}. ` : ''
}

function engineeringRow({ level, engineering }: Tier): string[] {
  return [`L${level}`, ...ENGINEERING.map((name) => span(engineering[name]))]
}

function scheduleRows({ schedules, tiers }: Policy): string[][] {
  return schedules.map((schedule) => {
    const users = tiers.filter((tier) => tier.schedule === schedule.id).map(({ level }) => `L${level}`)
    return [schedule.id, schedule.name, hoursIn(schedule), users.join(', ')]
  })
}

function hoursIn(schedule: PolicySchedule): string {
  if (schedule.from === 'zendesk') return schedule.zendeskName === null ? "Zendesk's first" : "Zendesk's of that name"
  const { timezone, week, holidays } = schedule.schedule
  const open = Math.round(openMinutes(week) / 6) / 10
  const closed = holidays.length > 0 ? `, ${holidays.length} holidays` : ''
  return `${open} a week (${timezone})${closed}`
}

function clockRows({ clocks, tiers }: Policy): string[][] {
  const { target, variants } = clocks.customer
  const named = ENGINEERING.filter((name) =>
    tiers.some((tier) => [tier, ...tier.variants].some(({ engineering }) => engineering[name] !== null)),
  )
  const names: ClockName[] = ['first-response', 'resolution', ...named]
  if (target !== null || variants.length > 0) names.unshift('customer')
  const byTier = tiers.some((tier) => tier.schedule !== null) ? 'by its tier' : 'every hour'
  return names.map((name) => {
    const { counts, schedule, pausedIn, warnAt } = clocks.kinds[name]
    const own = name === 'customer' ? (clocks.customer.schedule ?? 'every hour') : (schedule ?? byTier)
    return [
      name,
      name === 'customer' ? span(clocks.customer.target) : "its tier's",
      counts === 'calendar' ? 'every hour' : own,
      pausedIn.join(', ') || '-',
      warnAt.map((percent) => `${percent} %`).join(', ') || '-',
    ]
  })
}

function timerRow(timer: PolicyTimer): string[] {
  const { id, title, of, after, every, severities, customerTiers, tiers, queues } = timer
  const selected = [...tiers.map((level) => `L${level}`), ...queues, ...severities, ...customerTiers]
  const then = every === null ? timer.then : `${timer.then} every ${span(every)}`
  return [id, span(after), of, then, selected.join(', ') || 'all', title]
}

function span(minutes: Minutes | null): string {
  return minutes === null ? '-' : formatDuration(minutes)
}
