import { createHash } from 'node:crypto'
import type { GenerateNotificationParameters, GenerateNotificationResult } from '../../core/contract/skill.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import { messageOf } from '../../core/notice/fold.ts'
import type { Notice } from '../../core/notice/notice.ts'
import { noticesFor } from '../../core/notice/notices-for.ts'
import { fits } from '../../core/notice/recipients.ts'
import { renderText } from '../../core/notice/render-text.ts'
import type { NoticeSetting } from '../../core/notice/setting.ts'
import { KNOWN_ROLES, type NoticeKind, readKind } from '../../core/notice/words.ts'
import type { NoticeRule } from '../../core/policy/notification-policy.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { Refusal } from '../http/refusal.ts'

export type Generated = { notices: Notice[]; result: GenerateNotificationResult }

/**
 * Answers `generate-notification`: what the policy's notices of this kind would say to these roles, with these parts. They
 * go over the channels that the policy gives the kind; over a private comment in the ticket where it gives none.
 *
 * @param event what they tell of
 * @param mark tells this request's notices from others of the same event, so that each goes out once
 */
export function generateNotification(
  parameters: GenerateNotificationParameters,
  escalation: Escalation,
  event: EscalationEvent,
  mark: string,
  policy: Policy,
  setting: NoticeSetting,
): Generated {
  const { kind, tier } = readKind(parameters.notification_type)!
  if (tier !== null && tier !== escalation.decision.tier) {
    const message = `${escalation.id} is with tier ${escalation.decision.tier}`
    throw invalid('notification_type', message)
  }
  mustKnowRoles(parameters.recipients, policy)
  const rule = ruleFor(kind, parameters, escalation, policy)
  const inTicket: NoticeRule = { ...rule, over: ['zendesk'] }
  const [notices = []] = [rule, inTicket]
    .map((one) => noticesFor(event, escalation, ruledBy(one, policy), setting))
    // A channel is told for the people in it; where nobody holds the role, what says so is another notice.
    .map((some) => some.filter(({ recipients }) => recipients.length > 0))
    .filter((some) => some.length > 0)
    .map((some) => some.map((notice) => marked(notice, mark)))
  if (notices.length === 0) {
    throw new Refusal(409, 'nothing-to-tell', 'The policy has no way to tell this to anybody of these roles.')
  }
  return {
    notices,
    result: {
      action: 'generate-notification',
      escalation_id: escalation.id,
      kind,
      urgency: notices[0]!.urgency,
      recipients: notices.flatMap(recipientsOf),
      queued: parameters.send && notices.some(({ suppressed }) => suppressed === null),
    },
  }
}

function ruledBy(rule: NoticeRule, policy: Policy): Policy {
  return { ...policy, notifications: { ...policy.notifications, rules: [rule] } }
}

function marked(notice: Notice, mark: string): Notice {
  return { ...notice, id: `${notice.id}/api/${mark}`, about: `${notice.about}/api/${mark}` }
}

/** The same for the same request of the same program. */
export function markFor(keyId: string, idempotencyKey: string): string {
  return createHash('sha256').update(`${keyId}/${idempotencyKey}`).digest('hex').slice(0, 32)
}

/** What the policy says of the kind, for other people, parts and urgency. */
function ruleFor(
  kind: NoticeKind,
  { recipients, include, urgency }: GenerateNotificationParameters,
  escalation: Escalation,
  { notifications }: Policy,
): NoticeRule {
  const own = notifications.rules.find((rule) => rule.kinds.includes(kind) && fits(rule, escalation))
  return {
    ...{ queues: [], tiers: [], severities: [], kinds: [kind] },
    roles: [...new Set(recipients.map(({ role }) => role))],
    over: own?.over ?? ['zendesk'],
    fallback: own?.fallback ?? [],
    fallbackAfter: own?.fallbackAfter ?? null,
    include: include ?? own?.include ?? null,
    urgency: urgency ?? own?.urgency ?? null,
  }
}

/** A word that is no role would tell nobody, and nobody would know. */
function mustKnowRoles(recipients: GenerateNotificationParameters['recipients'], { notifications }: Policy): void {
  const known = new Set([...KNOWN_ROLES, ...Object.keys(notifications.roles)])
  const index = recipients.findIndex(({ role }) => !known.has(role))
  if (index >= 0) throw invalid(`recipients.${index}.role`, `Is no role; those there are: ${[...known].join(', ')}`)
}

function recipientsOf(notice: Notice): GenerateNotificationResult['recipients'] {
  const { kind, channel, subject, opening, suppressed, notBefore } = notice
  const text = kind === 'customer-confirmation' ? opening : renderText(messageOf([notice]))
  return notice.recipients.map(({ role, contact }) => ({
    role,
    name: contact.name === role ? null : contact.name,
    ...{ channel, subject, text, suppressed },
    not_before: notBefore === null ? null : new Date(notBefore).toISOString(),
  }))
}

function invalid(path: string, message: string): Refusal {
  return new Refusal(422, 'invalid', 'Some values are not as they must be.', [{ path, message }])
}
