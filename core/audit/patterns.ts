import { HOUR_MS, MINUTE_MS } from '../units.ts'
import type { Pattern } from './finding.ts'

/** How close together things must lie to be worth a look. */
export const LIMITS = {
  /** Solved and opened again by the same person. */
  reopenWithinMs: HOUR_MS,
  /** A question asked in an update of its own before the ticket was set to pending. */
  askedWithinMs: 10 * MINUTE_MS,
  /** A priority that was lowered and came back. */
  flipWithinMs: 24 * HOUR_MS,
  /** Before or after a target is used up. */
  nearDeadlineMs: 30 * MINUTE_MS,
  /** Words this short say little. */
  shortComment: 20,
  /** A reply that is followed by another word within this was no end. */
  followedWithinMs: 4 * HOUR_MS,
  /** Handed to somebody and back. */
  backWithinMs: 4 * HOUR_MS,
} as const

/** What is shown beside each pattern: neutral words, what counts, of how many, and what else it may mean. */
export const PATTERN_WORDS: Readonly<Record<Pattern, { title: string; definition: string; of: string; also: string }>> =
  {
    'solve-reopen': {
      title: 'Solved and reopened by the same person',
      definition:
        'Solved by an agent and opened again by the same agent within an hour, with no word of the customer between.',
      of: 'times an agent solved a ticket',
      also: 'A wrong click, or something that came to mind right afterwards.',
    },
    'silent-pending': {
      title: 'Pending without a question to the customer',
      definition:
        'Set to pending by an agent without a public comment in the update or by the same agent in the ten minutes before it; ' +
        'also with one, where the same agent opened it again before the customer said anything, or where the words can be read ' +
        'and ask nothing.',
      of: 'times an agent set a ticket to pending',
      also: 'The customer was asked by telephone or in a side conversation, or the answer came from elsewhere.',
    },
    'priority-flip': {
      title: 'Priority lowered around a deadline, or lowered and raised again',
      definition:
        'Lowered by an agent within half an hour before or after a target was used up, or lowered and raised again by the ' +
        'same agent within a day.',
      of: 'times an agent lowered a priority',
      also: 'The customer said that it is less urgent, or it was set too high at first.',
    },
    'stop-comment': {
      title: 'A short or last-minute reply, and then nothing',
      definition:
        'The first public reply to a waiting customer, of at most 20 characters or within half an hour before its target was ' +
        'used up, on a ticket that was not solved or set to pending with it and had no other public word of ours in four hours.',
      of: 'public replies to a waiting customer',
      also: 'An honest "we are looking into it".',
    },
    'out-and-back': {
      title: 'Handed away and back',
      definition:
        'Group or assignee changed by an agent and changed back by the same agent within four hours, while nobody else ' +
        'touched the ticket.',
      of: 'times an agent changed group or assignee',
      also: 'A wrong group, noticed at once.',
    },
  }
