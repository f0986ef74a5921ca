import type { EscalationEvent } from '../escalation/events.ts'
import { writeInstant } from '../escalation/write-instant.ts'

/** Fields that events of an escalation's life carry besides what their types promise today. */
type Loose = Record<string, unknown>

/** What happened, as whole sentences for people who work here. */
export function whatOf(event: EscalationEvent): string {
  const who = event.by?.name ?? 'Baton'
  const said = event as unknown as Loose
  switch (event.kind as string) {
    case 'requested':
      return join(said.reasons)
    case 'raised':
      return `Raised from tier ${said.fromTier} to tier ${said.tier}, because ${said.because}.`
    case 'handed-on':
      return `${who} hands it on${told(said.reason)}.`
    case 'accepted':
      return `${who} has accepted it.`
    case 'returned':
      return `${who} returned it${told(said.reason)}.${extra(said.explanation)}`
    case 'progress':
      return `${who}: ${[said.summary, join(said.actions), said.nextSteps].filter(Boolean).join(' ') || 'progress was reported.'}`
    case 'help-asked':
      return `${who} asks for help${told(said.question ?? said.reason)}.`
    case 'third-touch':
      return 'It has changed hands for the third time: work on it together, or let the lead of the tier decide.'
    case 'fix-available':
      return `A fix is available.${extra(said.detail)}`
    case 'resolved':
      return `${who} has resolved it.${extra(said.rootCause, 'Root cause: ')}${extra(said.resolution ?? said.fix, 'Fix: ')}`
    case 'deescalated':
      return `${who} has handed it back to its owner.${extra(said.rationale)}`
    case 'clock-warned':
      return `${said.percent} % of the ${clockName(said)} was used up on ${writeInstant(event.at)}.`
    case 'clock-breached':
      return `The ${clockName(said)} ran out on ${writeInstant(event.at)}.`
    case 'promise-overdue':
      return `The customer was to hear from us by ${writeInstant(event.at)}.`
    case 'timer-fired':
      return `${String(said.title).replace(/[.!]$/, '')} (due on ${writeInstant(event.at)}).`
    case 'on-call-told':
      return `You are on call for ${said.queue} (step ${Number(said.step) + 1}).`
    case 'nobody-notified':
      return `Step ${Number(said.step) + 1} of on-call for ${said.queue} reached nobody.${uncovered(said.uncovered)}`
    default:
      return ''
  }
}

/** Why it was escalated, in a sentence or two; for hand-offs. */
export function reasonOf(event: EscalationEvent, reasons: readonly string[]): string {
  if (event.kind === 'raised') return whatOf(event)
  return join('reasons' in event ? event.reasons : reasons)
}

function clockName({ clock, tier }: Loose): string {
  const name = clock === 'customer' ? 'target promised to the customer' : `${String(clock).replaceAll('-', ' ')} target`
  return tier === null || tier === undefined ? name : `${name} of tier ${tier}`
}

function told(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? `: ${reason.replace(/[.!]$/, '')}` : ''
}

function extra(text: unknown, label = ''): string {
  return typeof text === 'string' && text !== '' ? ` ${label}${text}` : ''
}

function uncovered(schedules: unknown): string {
  return Array.isArray(schedules) && schedules.length > 0 ? ` Nobody is on call in ${schedules.join(', ')}.` : ''
}

function join(sentences: unknown): string {
  if (!Array.isArray(sentences)) return ''
  return sentences.map((sentence) => `${String(sentence).replace(/\.$/, '')}.`).join(' ')
}
