import { z } from 'zod'
import { TIMER_SPANS } from '../clock/plan.ts'
import { Severity } from '../severity.ts'
import { anyNumberOf, Id, Label, oneOrMore, Span } from './entries.ts'

/** Clocks as a policy writes them. */
export const CLOCK_KEYS = [
  'customer',
  'first_response',
  'resolution',
  'acknowledge',
  'investigate',
  'fix',
  'fix_to_customer',
] as const
export type ClockKey = (typeof CLOCK_KEYS)[number]

export const Level = z.int('Tiers are the whole numbers 1 to 4').min(1, 'Tiers are 1 to 4').max(4, 'Tiers are 1 to 4')

/** Targets count from the hand-over to the tier. */
export const Targets = { first_response: Span.optional(), resolution_target: Span.optional() }

/** Targets that only a tier with such clocks names. */
export const EngineeringTargets = {
  acknowledge: Span.optional(),
  investigate: Span.optional(),
  fix: Span.optional(),
  fix_to_customer: Span.optional(),
}

/** Written here, or the name of one in Zendesk. The week, the zone and the holidays are read by `createSchedule`. */
export const OpeningHoursEntry = z.strictObject({
  id: Id,
  name: Label.optional(),
  /** `default` for the account's first. */
  zendesk: Label.optional(),
  timezone: z.unknown().optional(),
  weekly: z.unknown().optional(),
  holidays: z.unknown().optional(),
})
export type OpeningHoursEntry = z.infer<typeof OpeningHoursEntry>

const PERCENT = 'Write a whole percentage from 1 to 99; the breach itself is always told'
const WarnAt = anyNumberOf(z.int(PERCENT).min(1, PERCENT).max(99, PERCENT))
const Counts = z.enum(['business', 'calendar'])
const Status = z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed'])

const ClockRulesShape = {
  schedule: Id.optional(),
  paused_in: anyNumberOf(Status).optional(),
  warn_at: WarnAt.optional(),
  counts: Counts.optional(),
}
const ClockRulesEntry = z.strictObject(ClockRulesShape)
export type ClockRulesEntry = z.infer<typeof ClockRulesEntry>

const CustomerVariant = z.strictObject({
  severity: oneOrMore(Severity).optional(),
  customer_tier: oneOrMore(Label).optional(),
  target: Span,
})

export const ClocksEntry = z.strictObject({
  /** Of tiers that name none. */
  schedule: Id.optional(),
  warn_at: WarnAt.optional(),
  /** Severities whose clocks count every hour. */
  around_the_clock: anyNumberOf(Severity).optional(),
  customer: z
    .strictObject({
      ...ClockRulesShape,
      target: Span.optional(),
      variants: z.array(CustomerVariant).max(50).optional(),
    })
    .optional(),
  first_response: ClockRulesEntry.optional(),
  resolution: ClockRulesEntry.optional(),
  acknowledge: ClockRulesEntry.optional(),
  investigate: ClockRulesEntry.optional(),
  fix: ClockRulesEntry.optional(),
  fix_to_customer: ClockRulesEntry.optional(),
})
export type ClocksEntry = z.infer<typeof ClocksEntry>

export const AutoEscalationEntry = z.strictObject({
  at: anyNumberOf(z.enum(['warning', 'breach'])).optional(),
  clocks: anyNumberOf(z.enum(CLOCK_KEYS)).optional(),
})

export const TimerEntry = z.strictObject({
  id: Id,
  title: Label,
  of: z.enum(TIMER_SPANS),
  after: Span,
  every: Span.optional(),
  // biome-ignore lint/suspicious/noThenProperty: a word of the policy, never awaited
  then: z.enum(['remind', 'escalate']).optional(),
  counts: Counts.optional(),
  severity: oneOrMore(Severity).optional(),
  customer_tier: oneOrMore(Label).optional(),
  tier: oneOrMore(Level).optional(),
  queue: oneOrMore(Id).optional(),
})
export type TimerEntry = z.infer<typeof TimerEntry>

export const NoticesEntry = z.strictObject({
  /** Id of the schedule within whose open hours people are told. */
  hours: Id.optional(),
  around_the_clock: anyNumberOf(Severity).optional(),
})
