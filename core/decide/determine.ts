import { z } from 'zod'
import { emptyNote } from '../note/note.ts'
import { type Policy, tierAt } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'
import type { Instant } from '../units.ts'
import { decide } from './decide.ts'
import type { Decision } from './decision.ts'
import { gatherFacts } from './facts.ts'
import { IMPACTS, SENTIMENTS } from './fields.ts'

/** Words for severity as the escalation skill uses them, and our own. */
const SEVERITIES: Record<string, Severity> = {
  critical: 'P0',
  high: 'P1',
  medium: 'P2',
  low: 'P3',
  P0: 'P0',
  P1: 'P1',
  P2: 'P2',
  P3: 'P3',
}

const Amount = z.number('Must be a number').min(0, 'Must not be negative')

/** Parameters of the escalation skill's `determine-escalation`, under its names. */
export const DetermineParameters = z.strictObject({
  issue: z.strictObject({
    id: z.union([z.string(), z.int()], 'Must be a ticket id').transform(String),
    severity: z.enum(Object.keys(SEVERITIES)),
    impact: z.enum(IMPACTS).nullish(),
    duration_hours: Amount.nullish(),
    current_tier: z.int('Tiers are 1 to 4').min(1, 'Tiers are 1 to 4').max(4, 'Tiers are 1 to 4').default(1),
  }),
  customer: z
    .strictObject({
      segment: z.string().nullish(),
      health_score: z.number('Must be a number').min(0).max(100).nullish(),
      contract_value: Amount.nullish(),
    })
    .prefault({}),
  context: z
    .strictObject({
      previous_escalations: z.int('Must be a whole number').min(0, 'Must not be negative').default(0),
      customer_sentiment: z.enum(SENTIMENTS).nullish(),
    })
    .prefault({}),
})

/** `determine-escalation` with or without the wrapper of `skill`, `action` and `parameters`. */
export const DetermineInput = z.preprocess((given, context) => {
  if (typeof given !== 'object' || given === null || !('parameters' in given || 'action' in given)) return given
  const wrapper = Wrapper.safeParse(given)
  if (wrapper.success) return wrapper.data.parameters
  for (const { path, message } of wrapper.error.issues) context.addIssue({ code: 'custom', path, message })
  return z.NEVER
}, DetermineParameters)
export type DetermineInput = z.infer<typeof DetermineInput>

const Wrapper = z.strictObject({
  skill: z.literal('escalation-workflow').optional(),
  action: z.literal('determine-escalation'),
  parameters: z.unknown().refine((given) => given !== undefined, 'Is missing'),
})

/** A tier the caller named is not a tier of the policy. */
export class UnknownTier extends Error {
  override readonly name = 'UnknownTier'

  constructor(level: number, policy: Policy) {
    const levels = policy.tiers.map((tier) => tier.level).join(', ')
    super(`issue.current_tier is ${level}, but the policy has the tiers ${levels}`)
  }
}

/**
 * Answers `determine-escalation` through the same facts and the same decision as a note. `segment` is taken as the
 * customer's tier as well, `contract_value` as the yearly revenue.
 *
 * @throws {UnknownTier} when `current_tier` is not a tier of this policy
 */
export function determineEscalation(policy: Policy, input: DetermineInput, now: Instant = 0): Decision {
  const { issue, customer, context } = input
  if (!tierAt(policy, issue.current_tier)) throw new UnknownTier(issue.current_tier, policy)

  const note = emptyNote()
  note.ticket_id = issue.id
  note.triage.severity = SEVERITIES[issue.severity]!
  note.triage.duration_hours = issue.duration_hours ?? null
  const { tier, segment, arr, health_score } = policy.customerFields
  const facts = gatherFacts(
    {
      ticket: {
        id: 0,
        subject: '',
        description: '',
        status: '',
        priority: null,
        type: null,
        tags: [],
        groupName: null,
        channel: 'api',
        createdAt: 0,
        fields: {},
      },
      requester: null,
      organization: {
        id: 0,
        name: '',
        tags: [],
        fields: {
          [tier[0]!]: customer.segment ?? null,
          [segment[0]!]: customer.segment ?? null,
          [arr[0]!]: customer.contract_value ?? null,
          [health_score[0]!]: customer.health_score ?? null,
        },
      },
      note,
      history: { previousEscalations: context.previous_escalations },
      currentTier: issue.current_tier,
      sentiment: context.customer_sentiment ?? null,
      impact: issue.impact ?? null,
      now,
    },
    policy,
  )
  return decide(policy, facts)
}
