import type { RecommendDeescalationParameters, RecommendDeescalationResult } from '../../core/contract/skill.ts'
import { type Advice, adviseDeescalation } from '../../core/escalation/advisor.ts'
import { type Escalation, isOpen } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import { Refusal } from '../http/refusal.ts'

type Recommended = RecommendDeescalationResult['recommendation']

/** Answers `recommend-deescalation`: the same advice that people see in the ticket, with what the caller knows besides. */
export function recommendDeescalation(
  escalation: Escalation,
  { resolution, recommendation: asked }: RecommendDeescalationParameters,
  now: Instant,
): RecommendDeescalationResult {
  const { id, stage } = escalation
  if (!isOpen(escalation))
    throw new Refusal(409, 'escalation-over', `${id} is ${stage}: there is nothing to de-escalate.`)

  const { root_cause, fix_applied, customer_confirmation, monitoring_period_complete } = resolution
  const advice = adviseDeescalation(escalation, now, {
    ...(root_cause && { rootCause: root_cause }),
    ...(fix_applied && { fix: fix_applied }),
    customerConfirmed: customer_confirmation ?? null,
    isMonitored: monitoring_period_complete ?? false,
  })
  const action = actionOf(advice, escalation)
  return {
    action: 'recommend-deescalation',
    escalation_id: id,
    stage,
    recommendation: {
      action,
      rationale: rationaleOf(advice, action, escalation),
      criteria: advice.criteria.map(({ isRequired, ...one }) => ({ ...one, is_required: isRequired })),
      missing: advice.missing,
    },
    agrees: asked ? asked.action === action : null,
  }
}

function actionOf({ recommendation }: Advice, { stage }: Escalation): Recommended['action'] {
  if (recommendation === 'de-escalate') return recommendation
  return stage === 'resolved' || stage === 'monitoring' ? 'wait' : 'keep'
}

function rationaleOf({ criteria }: Advice, action: Recommended['action'], { id, stage }: Escalation): string {
  const sentences = (holds: boolean) => criteria.filter((one) => one.isRequired && one.holds === holds)
  const missing = sentences(false).map(({ detail }) => detail)
  switch (action) {
    case 'de-escalate':
      return (
        sentences(true)
          .map(({ detail }) => (/[.!?]$/.test(detail) ? detail : `${detail}.`))
          .join(' ') || 'The policy asks for nothing more.'
      )
    case 'wait':
      return missing.join(' ')
    case 'keep':
      return [`${id} is ${stage}; it goes back once it is resolved in the ticket.`, ...missing].join(' ')
  }
}
