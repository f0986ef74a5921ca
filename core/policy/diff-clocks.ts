import { CLOCK_KINDS, type ClockName } from '../clock/targets.ts'
import { formatDuration, type Minutes } from '../units.ts'
import { listed, same, single } from './differences.ts'
import type { Policy } from './policy.ts'

/** What differs between two policies about time: `resolution clock, rests in: pending → pending, hold`. */
export function diffClocks(before: Policy, after: Policy): string[] {
  const [old, now] = [before.clocks, after.clocks]
  return [
    ...listed('schedules', before.schedules, after.schedules, ({ id }) => id),
    ...(Object.keys(CLOCK_KINDS) as ClockName[]).flatMap((name) => diffClock(name, before, after)),
    ...single('customer clock, target', span(old.customer.target), span(now.customer.target)),
    ...(same(old.customer.variants, now.customer.variants) ? [] : ['customer clock, variants: changed']),
    ...single('around the clock', old.aroundTheClock, now.aroundTheClock),
    ...single('escalates by itself', raisesOf(before), raisesOf(after)),
    ...listed('timers', before.timers, after.timers, ({ id }) => id),
    ...single('notices', hoursOf(before), hoursOf(after)),
  ]
}

function diffClock(name: ClockName, before: Policy, after: Policy): string[] {
  const [old, now] = [before.clocks.kinds[name], after.clocks.kinds[name]]
  const scheduleOf = ({ clocks }: Policy) =>
    name === 'customer' ? (clocks.customer.schedule ?? 'every hour') : (clocks.kinds[name].schedule ?? "its tier's")
  return [
    ...single(`${name} clock, rests in`, old.pausedIn, now.pausedIn),
    ...single(`${name} clock, warns at %`, old.warnAt, now.warnAt),
    ...single(`${name} clock, counts`, `${old.counts} time`, `${now.counts} time`),
    ...single(`${name} clock, schedule`, scheduleOf(before), scheduleOf(after)),
  ]
}

/** `at warning or breach of first-response, resolution`; `never`. */
export function raisesOf({ autoEscalation: { at, clocks } }: Policy): string {
  return at.length === 0 || clocks.length === 0 ? 'never' : `at ${at.join(' or ')} of ${clocks.join(', ')}`
}

/** `at any hour`; `in the hours of berlin, P0 at any hour`. */
export function hoursOf({ notices: { hours, aroundTheClock } }: Policy): string {
  if (hours === null) return 'at any hour'
  const anyHour = aroundTheClock.length > 0 ? `, ${aroundTheClock.join(' and ')} at any hour` : ''
  return `in the hours of ${hours}${anyHour}`
}

function span(minutes: Minutes | null): string {
  return minutes === null ? 'none' : formatDuration(minutes)
}
