import { draftMessage } from '../customer/draft.ts'
import type { EscalationEvent } from '../escalation/events.ts'
import { noticeAt } from '../escalation/notice-hours.ts'
import { type Escalation, presentPlan } from '../escalation/state.ts'
import type { NoticeRule } from '../policy/notification-policy.ts'
import type { Policy } from '../policy/policy.ts'
import { MINUTE_MS } from '../units.ts'
import { cardOf } from './card.ts'
import { kindsOf, markOf, pageOf } from './kinds.ts'
import type { Notice, Recipient, Way } from './notice.ts'
import { fillIn } from './placeholders.ts'
import { waysOf } from './places.ts'
import { fits, holdersOf } from './recipients.ts'
import { sectionsOf } from './sections.ts'
import type { NoticeSetting } from './setting.ts'
import { isOvertaken, suppressionOf } from './suppression.ts'
import { DEFAULT_SECTIONS, ENGLISH } from './templates.ts'
import { patienceOf, urgencyOf } from './urgency.ts'
import { valuesOf } from './values.ts'
import type { Channel, NoticeKind } from './words.ts'

/**
 * Whom an event is told, over what and in which words. Pure: the same inputs give the same notices with the same ids.
 *
 * @param escalation as the event left it
 */
export function noticesFor(
  event: EscalationEvent,
  escalation: Escalation,
  policy: Policy,
  setting: NoticeSetting,
): Notice[] {
  const notices = new Map<string, Notice>()
  for (const kind of kindsOf(event)) {
    for (const rule of policy.notifications.rules) {
      if (!rule.kinds.includes(kind) || !fits(rule, escalation)) continue
      for (const notice of byRule(kind, rule, { event, escalation, policy, setting })) {
        const other = notices.get(notice.id)
        notices.set(notice.id, other ? together(other, notice) : notice)
      }
    }
  }
  return [...notices.values()]
}

type Telling = { event: EscalationEvent; escalation: Escalation; policy: Policy; setting: NoticeSetting }

function byRule(kind: NoticeKind, rule: NoticeRule, telling: Telling): Notice[] {
  const { event, escalation, policy, setting } = telling
  if (kind === 'customer-confirmation' && setting.customer === null) return []
  const held = rule.roles.map((role) => ({
    role,
    holders: holdersOf(role, { event, escalation, policy }),
  }))
  const recipients = held.flatMap(({ holders }) => holders)
  return rule.over.flatMap((route) => {
    const { ways, unreached } = waysOf(route, recipients, escalation, policy)
    const channel = ways[0]?.channel ?? (route === 'email' ? 'email' : null)
    const write = (way: Way, suppressed: string | null) => noticeOf(kind, rule, way, suppressed, telling)
    return [
      ...ways.filter((way) => way.channel !== 'pagerduty' || pageOf(kind) === 'trigger').map((way) => write(way, null)),
      ...unreached.map((one) => write(placeless(one.channel, [one.recipient]), 'no-address')),
      ...held
        .filter(({ holders }) => holders.length === 0 && channel !== null)
        .map(({ role }) => write(placeless(channel!, [vacant(role)]), 'nobody-holds-role')),
    ]
  })
}

function noticeOf(kind: NoticeKind, rule: NoticeRule, way: Way, suppressed: string | null, telling: Telling): Notice {
  const { event, escalation, policy, setting } = telling
  const urgency = urgencyOf(kind, rule, escalation)
  const { channel, place, recipients } = way
  const about = `${escalation.id}/${markOf(event)}/${kind}`
  const overtaken = channel === 'pagerduty' && isOvertaken(event, escalation) ? 'overtaken' : null
  const whom = suppressed === null ? '' : `/${recipients.map(labelOf).join('+')}`
  return {
    id: `${about}/${channel}/${place}${whom}`,
    about,
    escalationId: escalation.id,
    ticketId: setting.ticketId,
    ...{ kind, channel, place, recipients, urgency },
    recipient: labelOfAll(way),
    ...wordsOf(kind, rule, telling),
    card: cardOf(escalation, setting),
    isThreaded: channel === 'slack' && policy.channels.slack.thread,
    page: channel === 'pagerduty' ? pageOf(kind) : null,
    handOver: escalation.handOvers.length - 1,
    happenedAt: event.at,
    // Whoever is on call is there to be told.
    notBefore:
      event.kind === 'on-call-told' ? null : noticeAt(presentPlan(escalation), [], setting.now, setting.calendarOf),
    suppressed: suppressed ?? suppressionOf(event, policy, setting.now) ?? overtaken,
    fallback: {
      steps: stepsOf(rule, way, telling, kind),
      afterMs: rule.fallbackAfter === null ? patienceOf(urgency) : rule.fallbackAfter * MINUTE_MS,
    },
  }
}

/** The other ways to the same people; one that would reach nobody is no step. */
function stepsOf({ fallback }: NoticeRule, { channel, recipients }: Way, telling: Telling, kind: NoticeKind): Way[][] {
  const { escalation, policy } = telling
  return fallback
    .filter((other) => other !== channel && (other !== 'pagerduty' || pageOf(kind) === 'trigger'))
    .map((other) => waysOf(other, recipients, escalation, policy).ways)
    .filter((ways) => ways.length > 0)
}

function wordsOf(
  kind: NoticeKind,
  rule: NoticeRule,
  { event, escalation, policy, setting }: Telling,
): Pick<Notice, 'subject' | 'opening' | 'sections'> {
  const { locale, templates } = policy.notifications
  const own = templates[locale.toLowerCase()]?.[kind]
  if (kind === 'customer-confirmation') {
    const { ticketId, now: at, calendarOf } = setting
    const { text } = draftMessage('escalated', escalation, policy, {
      ticketId,
      customer: setting.customer!,
      at,
      calendarOf,
    })
    const subject = fillIn(own?.subject ?? ENGLISH[kind].subject, { ticket: `#${ticketId}` })
    return { subject, opening: text, sections: [] }
  }
  const values = valuesOf(event, escalation, setting)
  return {
    subject: fillIn(own?.subject ?? ENGLISH[kind].subject, values),
    opening: fillIn(own?.opening ?? ENGLISH[kind].opening, values).trim(),
    sections: sectionsOf(escalation, rule.include ?? DEFAULT_SECTIONS[kind]),
  }
}

/** Two entries of the policy that lead to the same place make one message for the people of both. */
function together(one: Notice, other: Notice): Notice {
  const known = new Set(one.recipients.map(labelOf))
  const recipients = [...one.recipients, ...other.recipients.filter((recipient) => !known.has(labelOf(recipient)))]
  const titles = new Set(one.sections.map(({ title }) => title))
  return {
    ...one,
    recipients,
    recipient: labelOfAll({ ...one, recipients }),
    sections: [...one.sections, ...other.sections.filter(({ title }) => !titles.has(title))],
  }
}

function placeless(channel: Channel, recipients: readonly Recipient[]): Way {
  return { channel, place: '', recipients }
}

function vacant(role: string): Recipient {
  return { role, contact: { name: role, email: null, slack: null, zendesk: null } }
}

/** For lists: whom it is for, or else where it goes. */
export function labelOfAll({ channel, place, recipients }: Way): string {
  return recipients.map(labelOf).join(', ') || place || channel
}

function labelOf({ role, contact }: Recipient): string {
  return contact.name === role ? role : `${contact.name} (${role})`
}
