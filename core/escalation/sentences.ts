import { targetOf } from '../clock/sla-state.ts'
import type { ClockName } from '../clock/targets.ts'
import { formatDuration } from '../units.ts'
import type { TicketClock } from './clocks.ts'
import type { Due } from './countdowns.ts'
import { writeInstant } from './write-instant.ts'

/** What happened and when, as a sentence without its end. */
export function sentenceOf(due: Due): string {
  const when = writeInstant(due.at)
  switch (due.what) {
    case 'warning':
      return `${due.percent} % of the ${clockName(due)} was used up on ${when}`
    case 'breach':
      return due.folded.breachedBy === 'target'
        ? `The ${clockName(due)} was shortened on ${when} and is used up already`
        : `The ${clockName(due)} ran out on ${when}`
    case 'timer': {
      const { title } = due.timer
      const missed = due.missed === 0 ? '' : `, ${due.missed} more before it`
      return `${title.replace(/[.!]$/, '')} (since ${writeInstant(due.since)}; due on ${when}${missed})`
    }
    case 'on-call': {
      const { step, told, uncovered } = due.outcome
      const place = `Step ${step + 1} of on-call for ${due.queue}, due on ${when}`
      if (told.length > 0) return `${place}: ${told.map(({ person }) => person).join(', ')}`
      return `${place}: nobody is on call${uncovered.length > 0 ? ` in ${uncovered.join(', ')}` : ''}`
    }
    case 'promise':
      return `The customer was to hear from us by ${when} (last on ${writeInstant(due.since)})`
    case 'monitoring':
      return `The fix has been watched until ${when}`
  }
}

/** The cause of a raise, to follow "because". */
export function becauseOf(due: Due): string {
  if (due.what === 'timer') return `the timer "${due.timer.title}" came due on ${writeInstant(due.at)}`
  const sentence = sentenceOf(due)
  return sentence[0]!.toLowerCase() + sentence.slice(1)
}

/** What fell due, in a few words. */
export function nameOf(due: Due): string {
  switch (due.what) {
    case 'warning':
      return `${due.percent} % of the ${clockName(due)}`
    case 'breach':
      return `The ${clockName(due)}`
    case 'timer':
      return due.timer.title
    case 'on-call':
      return `Step ${due.outcome.step + 1} of on-call for ${due.queue}`
    case 'promise':
      return 'The next word to the customer'
    case 'monitoring':
      return 'The end of watching the fix'
  }
}

const TARGETS: Readonly<Record<ClockName, string>> = {
  customer: 'target promised to the customer',
  'first-response': 'first response target',
  resolution: 'resolution target',
  acknowledge: 'acknowledge target',
  investigate: 'investigate target',
  fix: 'fix target',
  'fix-to-customer': 'fix-to-customer target',
}

function clockName({
  clock,
  folded,
}: { clock: TicketClock } & Pick<Extract<Due, { what: 'breach' }>, 'folded'>): string {
  const target = folded.breached?.target ?? targetOf(folded)
  const span = target ? ` (${formatDuration(target.minutes)})` : ''
  return `${TARGETS[clock.name]}${clock.tier === null ? '' : ` of tier ${clock.tier}`}${span}`
}
