import { MEASURES, type MeasureDefinition, type MeasureId } from '../contract/report.ts'

type Defined = Omit<MeasureDefinition, 'id'>

const NOT_MERGED = 'Tickets that were merged into another or deleted, which are counted apart.'
const ASKED_FOR = 'When it was asked for'
const EPISODES = 'Escalations that were asked for and are decided.'
const HANDED = 'When the tier got it'

const step = (title: string, definition: string, window: string): Defined => ({
  ...{ title, kind: 'duration', definition, window, better: 'lower' },
  denominator: 'Hand-overs that came to it. Those under way are counted apart and are in no median.',
  exclusions: `Handed on or over before it came to it. ${NOT_MERGED}`,
})

const BY_ID: Readonly<Record<MeasureId, Defined>> = {
  escalations: {
    ...{ title: 'Escalations', kind: 'count', window: ASKED_FOR, denominator: null, exclusions: null, better: null },
    definition: 'Escalations asked for, with a note or by moving the ticket. By agent: whoever asked.',
  },
  escalation_rate: {
    ...{ title: 'Escalation rate', kind: 'share', better: 'lower' },
    definition:
      'Tickets with an escalation that began in the window, against tickets created in it. They need not be the same tickets. By agent: whoever escalated first, else the assignee.',
    window: 'The beginning of an escalation; the creation of a ticket',
    denominator: 'Tickets created in the window.',
    exclusions: NOT_MERGED,
  },
  escalation_rate_cohort: {
    ...{ title: 'Escalation rate of new tickets', kind: 'share', better: 'lower' },
    definition:
      'Of the tickets created in the window, those that were escalated at least once since. Young ones may be yet.',
    window: 'The creation of the ticket',
    denominator: 'Tickets created in the window.',
    exclusions: NOT_MERGED,
  },
  first_level_resolution: {
    ...{ title: 'Solved by the first tier', kind: 'share', better: 'higher' },
    definition: 'Of the tickets solved in the window, those that no tier above the first ever had.',
    window: 'When the ticket was solved last',
    denominator: 'Tickets solved in the window.',
    exclusions: NOT_MERGED,
  },
  time_to_escalate: {
    ...{ title: 'Time to escalate', kind: 'duration', better: 'lower', window: ASKED_FOR },
    definition: 'From the creation of the ticket to its first escalation, by the calendar.',
    denominator: 'Tickets with a first escalation in the window.',
    exclusions: 'Tickets whose creation is not known.',
  },
  mttr: {
    ...{ title: 'Time to resolve', kind: 'duration', better: 'lower', window: ASKED_FOR },
    definition:
      'From the hand-off to the last time it was resolved, by the calendar: median, mean and percentiles. By agent: whoever had it last.',
    denominator: 'Escalations that are resolved. Open ones are counted apart: the figure may grow by them yet.',
    exclusions: `Over without having been resolved. ${NOT_MERGED}`,
  },
  time_to_acknowledge: step(
    'Time to acknowledge',
    'From each hand-over to a tier until somebody of it accepted, by the calendar. By agent: whoever accepted.',
    HANDED,
  ),
  time_to_investigate: step(
    'Time to investigate',
    'From accepting to the first report that names a cause, by the calendar.',
    'When it was accepted',
  ),
  time_to_fix: step(
    'Time to fix',
    'From the cause to a fix that can be had, by the calendar.',
    'When the cause was reported',
  ),
  time_to_tell_customer: step(
    'Time to tell the customer',
    'From the fix to the next public word to the customer, by the calendar.',
    'When the fix could be had',
  ),
  sla_attainment: {
    ...{ title: 'Targets of tiers met', kind: 'share', better: 'higher' },
    definition:
      'Clocks of tiers that were met, of those that were met or breached, by the schedule in force. A clock counts for its own tier, with the severity in force when it was decided.',
    window: 'When the clock was decided. Running ones are counted apart, in the window in which they began',
    denominator: 'Clocks that were met or breached.',
    exclusions: `Cancelled because it was handed on or over. ${NOT_MERGED}`,
  },
  customer_clock_attainment: {
    ...{ title: "Customers' clocks met", kind: 'share', better: 'higher' },
    definition:
      'The same for the clock that runs from the creation of the ticket, whoever has it. Once a ticket, with its last escalation by then.',
    window: 'When the clock was decided. Running ones are counted apart, in the window in which they began',
    denominator: "Customers' clocks that were met or breached.",
    exclusions: NOT_MERGED,
  },
  engineering_attainment: {
    ...{ title: 'Targets of engineering met', kind: 'share', better: 'higher' },
    definition:
      'The same for the clocks of engineering alone: acknowledge, investigate, fix, and fix to customer told.',
    window: 'When the clock was decided. Running ones are counted apart, in the window in which they began',
    denominator: 'Clocks of engineering that were met or breached.',
    exclusions: `Cancelled because it was handed on or over. ${NOT_MERGED}`,
  },
  promises_kept: {
    ...{ title: 'Updates given in time', kind: 'share', better: 'higher' },
    definition:
      'Promises of the cadence to write to the customer that were kept before they were overdue. Each silence is one promise.',
    window: 'When the customer was written to; when an overdue promise fell due',
    denominator: 'Promises that were kept or overdue.',
    exclusions: 'What fell away because the ticket was solved, waited or was over.',
  },
  returns: {
    ...{ title: 'Sent back', kind: 'share', better: 'lower' },
    definition:
      'Of the hand-overs that a tier accepted or sent back, those sent back as incomplete, below the tier, known, duplicate or in the wrong queue. By agent: whoever escalated.',
    window: 'When it was accepted or sent back',
    denominator: 'Hand-overs accepted or sent back.',
    exclusions: 'Handed on or over before anybody did either.',
  },
  handoffs: {
    ...{ title: 'Hand-offs', kind: 'mean', better: 'lower', window: ASKED_FOR },
    definition: 'Changes of tier or queue in an episode, by people or by Baton, the first and those back included.',
    denominator: 'Escalations that are resolved or over.',
    exclusions: NOT_MERGED,
  },
  ping_pong: {
    ...{ title: 'Ping-pong', kind: 'share', better: 'lower', window: ASKED_FOR },
    definition: 'Escalations that came to a queue that had had them before at least twice.',
    ...{ denominator: EPISODES, exclusions: NOT_MERGED },
  },
  bounce_cost: {
    ...{ title: 'Cost of a bounce', kind: 'duration', better: 'lower' },
    definition:
      'Of escalations that bounced: from each bounce until somebody accepted again, added up, by the calendar.',
    window: 'The first bounce',
    denominator: 'Escalations that bounced and were accepted again or are over.',
    exclusions: NOT_MERGED,
  },
  context_loss: {
    ...{ title: 'Had to ask', kind: 'share', better: 'lower', window: ASKED_FOR },
    definition: 'Escalations in which a receiver marked that they had to ask for what the note should have said.',
    ...{ denominator: EPISODES, exclusions: NOT_MERGED },
  },
  note_completeness: {
    ...{ title: 'Completeness of notes', kind: 'mean', better: 'higher', window: ASKED_FOR },
    definition: 'What notes scored when they were sent, 0 to 100, by the weights of the policy then.',
    denominator: 'Escalations asked for with a note.',
    exclusions: 'Tickets that were moved without a note.',
  },
  hotfix_share: {
    ...{ title: 'Hotfixes', kind: 'share', better: null },
    definition: 'Of the fixes with a decided release, those that go out as a hotfix.',
    window: 'When the release was decided last',
    ...{ denominator: 'Escalations with a decided release.', exclusions: null },
  },
  reopen_rate: {
    ...{ title: 'Reopened', kind: 'share', better: 'lower' },
    definition:
      'Of the tickets solved in the window, those that their requester reopened, or came back to with a follow-up ticket, within 28 days. Young ones may be yet.',
    window: 'When the ticket was solved first',
    denominator: 'Tickets solved in the window.',
    exclusions: `Reopened by an agent or a rule alone. ${NOT_MERGED}`,
  },
  link_rate: {
    ...{ title: 'Resolved with an article', kind: 'share', better: 'higher' },
    definition: 'Of the escalations somebody resolved, those with an article linked or improved.',
    window: 'When it was resolved',
    ...{ denominator: 'Escalations resolved with a resolution.', exclusions: null },
  },
  l1_capable: {
    ...{ title: 'Could have been solved lower', kind: 'share', better: 'lower' },
    definition: 'Of the escalations of which the receiver said so or not, those that the first tier could have solved.',
    window: 'When it was resolved',
    denominator: 'Resolved escalations of which somebody said.',
    exclusions: 'Resolved ones of which nobody said, which are counted apart.',
  },
  backlog: {
    ...{ title: 'Open escalations', kind: 'count', better: 'lower', denominator: null },
    definition: 'Escalations that were open at the end of the window, or now if that is sooner.',
    window: 'The end of the window',
    exclusions: 'Resolved ones that are watched.',
  },
  load: {
    ...{ title: 'Load', kind: 'mean', better: null },
    definition:
      'Open escalations in a tier, averaged over the hours its people were scheduled: open tier-hours by scheduled tier-hours. It is load and not utilisation: how long anybody worked is not known.',
    window: 'The hours of the window up to now',
    denominator: 'Scheduled hours of the tiers, by their schedules then.',
    exclusions: 'What was returned and waited for the side it came from.',
  },
}

/** What each measure means, in the order of `MEASURES`: said once, for tiles, exports and programs. */
export const DEFINITIONS: readonly MeasureDefinition[] = MEASURES.map((id) => ({ id, ...BY_ID[id] }))

export function definitionOf(id: MeasureId): MeasureDefinition {
  return { id, ...BY_ID[id] }
}

/** Those that count tickets of the whole account, not cases of escalations. */
export const OF_TICKETS = [
  'escalation_rate',
  'escalation_rate_cohort',
  'first_level_resolution',
  'reopen_rate',
] as const satisfies readonly MeasureId[]

/** Those that follow from where escalations were, hour by hour. */
export const OF_STAYS = ['backlog', 'load'] as const satisfies readonly MeasureId[]

/** Those whose cases have an amount that percentiles are taken of. */
export const DURATIONS: readonly MeasureId[] = DEFINITIONS.filter(({ kind }) => kind === 'duration').map(({ id }) => id)
