import type { ClockName } from '../clock/targets.ts'
import type { EscalationEvent } from '../escalation/events.ts'
import { isOfLife, tellOfLife } from '../escalation/life-sentences.ts'
import { writeInstant } from '../escalation/write-instant.ts'

/** What happened, as whole sentences for people who work here; empty for what nobody is told. */
export function whatOf(event: EscalationEvent): string {
  if (isOfLife(event)) return sentence(`${event.by ? `${event.by.name}: ` : ''}${tellOfLife(event)}`)
  const on = `on ${writeInstant(event.at)}`
  switch (event.kind) {
    case 'requested':
      return sentences(event.reasons)
    case 'raised':
      return `Raised from tier ${event.fromTier} to tier ${event.tier}, because ${sentence(event.because)}`
    case 'clock-warned':
      return `${event.percent} % of the ${clockName(event)} was used up ${on}.`
    case 'clock-breached':
      return `The ${clockName(event)} ran out ${on}.`
    case 'timer-fired':
      return `${event.title.replace(/[.!]$/, '')} (due ${on}).`
    case 'on-call-told':
      return `You are on call for ${event.queue} (step ${event.step + 1}).`
    case 'nobody-notified': {
      const gaps = event.uncovered.length > 0 ? ` Nobody is on call in ${event.uncovered.join(', ')}.` : ''
      return `Step ${event.step + 1} of on-call for ${event.queue} reached nobody.${gaps}`
    }
    case 'routed':
      return sentences(event.differences.map((one) => `${one.field}: asked ${one.asked}, Zendesk has ${one.returned}`))
    case 'routing-refused':
    case 'routing-failed':
      return event.detail
    case 'ticket-ended':
      return `The ticket was ${event.status}.`
    default:
      return ''
  }
}

/** Why it goes to whom it goes; for hand-offs. */
export function reasonOf(event: EscalationEvent, reasons: readonly string[]): string {
  const own = event.kind === 'raised' || event.kind === 'handed-on' || event.kind === 'came-back'
  return own ? whatOf(event) : sentences('reasons' in event ? event.reasons : reasons)
}

function clockName({ clock, tier }: { clock: ClockName; tier: number | null }): string {
  const name = clock === 'customer' ? 'target promised to the customer' : `${clock.replaceAll('-', ' ')} target`
  return tier === null ? name : `${name} of tier ${tier}`
}

function sentences(texts: readonly string[]): string {
  return texts.map(sentence).join(' ')
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
