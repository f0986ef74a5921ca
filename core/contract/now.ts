import { z } from 'zod'
import { Instant } from './report.ts'

/** Why somebody should look at an escalation now, most pressing first. */
export const PRESSING = [
  'breached',
  'at-risk',
  'promise-overdue',
  'fixed-not-told',
  'unaccepted',
  'bounced',
  'stalled',
] as const
export type Pressing = (typeof PRESSING)[number]

/** What would settle it. */
export const NOW_ACTIONS = [
  'decide-path',
  'answer',
  'accept',
  'update-customer',
  'tell-customer',
  'find-owner',
  'report',
] as const
export type NowAction = (typeof NOW_ACTIONS)[number]

export const NowReason = z.strictObject({
  kind: z.enum(PRESSING),
  /** The instant it is about: a deadline to come or passed, or since when it is so. */
  at: Instant,
  /** Of a clock: which one. */
  clock: z.string().nullable(),
  /** Of a bounce: how often. */
  count: z.int().nullable(),
})
export type NowReason = z.infer<typeof NowReason>

/** An open escalation that needs somebody now, with the one thing to do first. */
export const NowRow = z.strictObject({
  escalationId: z.string(),
  ticketId: z.int(),
  summary: z.string(),
  account: z.string(),
  severity: z.string(),
  tier: z.int(),
  queue: z.string(),
  queueId: z.string(),
  component: z.string(),
  stage: z.string(),
  owner: z.string().nullable(),
  /** Most pressing first; at least one. */
  reasons: z.array(NowReason),
  action: z.enum(NOW_ACTIONS),
})
export type NowRow = z.infer<typeof NowRow>

/** Answer of `GET /desk/now`. */
export const Now = z.strictObject({
  asOf: Instant,
  /** All that are open, whether or not anything is wrong with them. */
  open: z.int(),
  rows: z.array(NowRow),
})
export type Now = z.infer<typeof Now>
