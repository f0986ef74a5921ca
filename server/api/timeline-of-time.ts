import type { ClockName } from '../../core/clock/targets.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import { writeInstant } from '../../core/escalation/write-instant.ts'
import { formatDuration, MINUTE_MS } from '../../core/units.ts'

/** What time did: clocks, timers, the on-call steps, and what follows from them. */
export type EventOfTime = Extract<
  EscalationEvent,
  {
    kind:
      | 'clock-warned'
      | 'clock-breached'
      | 'clock-corrected'
      | 'timer-fired'
      | 'raised'
      | 'on-call-told'
      | 'nobody-notified'
      | 'notice-deferred'
      | 'deadline-moved'
  }
>

/** One line for each. How late it was noticed is said when it matters: from a minute on. */
export function tellOfTime(event: EventOfTime): string {
  switch (event.kind) {
    case 'clock-warned':
      return `${clockOf(event)}: ${event.percent}% of its target used up${lateness(event)}`
    case 'clock-breached': {
      const how = event.breachedBy === 'target' ? 'breached, as its new target was used up already' : 'breached'
      return `${clockOf(event)} ${how}${lateness(event)}`
    }
    case 'clock-corrected':
      return correction(event)
    case 'timer-fired':
      return `${event.title}${missed(event)}${lateness(event)}`
    case 'raised': {
      const reasons = event.reasons.slice(0, 3).join('; ')
      const why = reasons ? ` (${reasons})` : ''
      return `Raised from tier ${event.fromTier} to tier ${event.tier}, queue ${event.queue}: ${event.because}${why}${lateness(event)}`
    }
    case 'on-call-told':
      return `On call for ${event.queue}, step ${event.step + 1}: ${event.told.map(({ person }) => person).join(', ')}${lateness(event)}`
    case 'nobody-notified': {
      const where = event.uncovered.length > 0 ? `, nobody is on call in ${event.uncovered.join(', ')}` : ''
      return `Nobody notified for ${event.queue}, step ${event.step + 1}${where}${lateness(event)}`
    }
    case 'notice-deferred':
      return `Notice put off until ${writeInstant(event.until)}, when people are at work: ${event.what.join('; ')}`
    case 'deadline-moved': {
      const from = event.from === null ? '' : ` from ${writeInstant(event.from)}`
      const to = event.to === null ? 'Deadline removed' : `Deadline moved${from} to ${writeInstant(event.to)}`
      return `${NAMES[event.clock]}: ${to} (${event.why})`
    }
  }
}

function clockOf({ clock, tier }: { clock: ClockName; tier: number | null }): string {
  return tier === null ? NAMES[clock] : `${NAMES[clock]} of tier ${tier}`
}

const NAMES: Record<ClockName, string> = {
  customer: 'Customer clock',
  'first-response': 'First response clock',
  resolution: 'Resolution clock',
  acknowledge: 'Acknowledge clock',
  investigate: 'Investigate clock',
  fix: 'Fix clock',
  'fix-to-customer': 'Fix to customer clock',
}

/** The id of what was told is the clock's, then `breach` or `warning/75`. */
function correction({ clockId, told }: { clockId: string; told: string }): string {
  const name = clockId.split('/').at(-1) as ClockName
  const percent = told.slice(clockId.length).match(/^\/warning\/(.+)$/)?.[1]
  const what = percent === undefined ? 'the breach' : `the warning at ${percent}%`
  return `${NAMES[name] ?? clockId}: ${what} was told, but what became known since says it had not come to that`
}

function missed(event: { missed: number }): string {
  if (event.missed === 0) return ''
  return event.missed === 1 ? ' (once before, untold)' : ` (${event.missed} times before, untold)`
}

function lateness({ lateMs }: { lateMs: number }): string {
  return lateMs > MINUTE_MS ? ` (noticed ${formatDuration(lateMs / MINUTE_MS)} late)` : ''
}
