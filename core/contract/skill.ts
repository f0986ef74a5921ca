import { z } from 'zod'
import { Decision } from '../decide/decision.ts'
import { CRITERIA } from '../escalation/criteria.ts'
import { Channel, NoticeKind, NoticeUrgency, readKind, SectionName } from '../notice/words.ts'
import { EscalationId } from './escalation-id.ts'

/** The five actions of the escalation skill, as they stand in the address. */
export const ACTIONS = [
  'determine-escalation',
  'generate-notification',
  'track-progress',
  'calculate-metrics',
  'recommend-deescalation',
] as const
export type Action = (typeof ACTIONS)[number]

/** Parameters of an action, bare or in the wrapper `{ skill, action, parameters }`. Problems name places within the parameters. */
export function actionBody<S extends z.ZodType>(action: Action, parameters: S) {
  const Wrapper = z.strictObject({
    skill: z.literal('escalation-workflow').optional(),
    action: z.literal(action),
    parameters: z.unknown().refine((given) => given !== undefined, 'Is missing'),
  })
  return z.preprocess((given, context) => {
    if (typeof given !== 'object' || given === null || !('parameters' in given || 'action' in given)) return given
    const wrapper = Wrapper.safeParse(given)
    if (wrapper.success) return wrapper.data.parameters
    for (const { path, message } of wrapper.error.issues) context.addIssue({ code: 'custom', path, message })
    return z.NEVER
  }, parameters)
}

const text = z.string().max(20_000, 'At most 20,000 characters')

/** What `determine-escalation` answers: the policy's decision with its trace. */
export const DetermineResult = z.strictObject({
  action: z.literal('determine-escalation'),
  issue_id: z.string(),
  /** Whether it goes to a higher tier than it is in. */
  escalate: z.boolean(),
  decision: Decision,
})
export type DetermineResult = z.infer<typeof DetermineResult>

/** Parameters of `generate-notification`; `send` is ours: left out, nothing is sent. */
export const GenerateNotificationParameters = z.strictObject({
  escalation_id: EscalationId,
  /** `tier2_handoff`, `executive_briefing`, `ageing_reminder` … */
  notification_type: z
    .string()
    .refine((word) => readKind(word) !== null, { error: `Must be one of ${NoticeKind.options.join(', ')}` }),
  recipients: z
    .array(z.strictObject({ role: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'Must be a role, such as tier2_lead') }))
    .min(1, 'Name at least one')
    .max(20, 'At most 20'),
  /** Left out: what the kind carries. */
  include: z.array(SectionName).max(SectionName.options.length).optional(),
  /** Left out: by severity and kind. */
  urgency: NoticeUrgency.or(z.literal('medium').transform(() => 'normal' as const)).optional(),
  send: z.boolean().default(false),
})
export type GenerateNotificationParameters = z.infer<typeof GenerateNotificationParameters>

/** What `generate-notification` answers. */
export const GenerateNotificationResult = z.strictObject({
  action: z.literal('generate-notification'),
  escalation_id: z.string(),
  kind: NoticeKind,
  urgency: NoticeUrgency,
  recipients: z.array(
    z.strictObject({
      role: z.string(),
      /** Null while nobody holds the role. */
      name: z.string().nullable(),
      channel: Channel,
      subject: z.string(),
      text: z.string(),
      /** Why it is not sent: `nobody-holds-role`, `no-address`, `dry-run`; null when nothing speaks against it. */
      suppressed: z.string().nullable(),
      /** When people are at work; null for at once. */
      not_before: z.string().nullable(),
    }),
  ),
  /** Whether anything goes out; what is suppressed is kept with the reason. */
  queued: z.boolean(),
})
export type GenerateNotificationResult = z.infer<typeof GenerateNotificationResult>

/** Words for where work stands: the skill's, and those of Baton's stages. */
export const STATUS_WORDS = {
  in_progress: 'investigating',
  investigating: 'investigating',
  fix_in_progress: 'fixing',
  fixing: 'fixing',
} as const

const SOLVED = 'Resolving takes a root cause, a fix and an article: somebody resolves it in the ticket'

/** Parameters of `track-progress`. */
export const TrackProgressParameters = z.strictObject({
  escalation_id: EscalationId,
  update: z
    .strictObject({
      status: z
        .enum(Object.keys(STATUS_WORDS) as (keyof typeof STATUS_WORDS)[], {
          error: ({ input }) =>
            input === 'resolved' || input === 'closed'
              ? SOLVED
              : `Must be one of ${Object.keys(STATUS_WORDS).join(', ')}`,
        })
        .nullish(),
      /** E-mail address of an agent of the group that has the ticket. */
      owner: z.email('Must be the e-mail address of an agent').max(320).nullish(),
      actions_taken: z.array(text.min(1, 'Must not be empty')).max(200, 'At most 200 entries').default([]),
      next_steps: text.default(''),
      root_cause: text.default(''),
      estimated_resolution: z.iso.datetime({ offset: true, error: 'Must be an instant (ISO 8601)' }).nullish(),
    })
    .refine(
      ({ status, owner, actions_taken, next_steps, root_cause, estimated_resolution }) =>
        Boolean(status || owner || actions_taken.length || next_steps || root_cause || estimated_resolution),
      'Says nothing',
    ),
})
export type TrackProgressParameters = z.infer<typeof TrackProgressParameters>

/** What `track-progress` answers. */
export const TrackProgressResult = z.strictObject({
  action: z.literal('track-progress'),
  escalation_id: z.string(),
  ticket_id: z.int(),
  /** Names the update: the same for the same Idempotency-Key. */
  command_id: z.string(),
  /** `pending`: it is in the ticket and is read in a moment. `refused`: it is there, and so is the reason. */
  outcome: z.enum(['recorded', 'refused', 'pending']),
  detail: z.string().nullable(),
  /** Where the escalation stands now. */
  stage: z.string(),
})
export type TrackProgressResult = z.infer<typeof TrackProgressResult>

/** Parameters of `recommend-deescalation`. */
export const RecommendDeescalationParameters = z.strictObject({
  escalation_id: EscalationId,
  /** What the caller knows besides the record. */
  resolution: z
    .strictObject({
      root_cause: text.nullish(),
      fix_applied: text.nullish(),
      customer_confirmation: z.boolean().nullish(),
      monitoring_period_complete: z.boolean().nullish(),
    })
    .prefault({}),
  /** What the caller would do: answered with whether Baton agrees. */
  recommendation: z
    .strictObject({ action: z.enum(['de-escalate', 'wait', 'keep']), rationale: text.default('') })
    .nullish(),
})
export type RecommendDeescalationParameters = z.infer<typeof RecommendDeescalationParameters>

/** What `recommend-deescalation` answers. Nothing is changed by it. */
export const RecommendDeescalationResult = z.strictObject({
  action: z.literal('recommend-deescalation'),
  escalation_id: z.string(),
  stage: z.string(),
  recommendation: z.strictObject({
    /** `keep`: it is still worked on. `wait`: it is resolved, and something is missing. */
    action: z.enum(['de-escalate', 'wait', 'keep']),
    rationale: z.string(),
    criteria: z.array(
      z.strictObject({
        criterion: z.enum(CRITERIA),
        holds: z.boolean(),
        /** Whether the policy asks for it in this tier. */
        is_required: z.boolean(),
        detail: z.string(),
      }),
    ),
    missing: z.array(z.enum(CRITERIA)),
  }),
  /** Null when the caller recommended nothing. */
  agrees: z.boolean().nullable(),
})
export type RecommendDeescalationResult = z.infer<typeof RecommendDeescalationResult>
