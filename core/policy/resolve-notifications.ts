import { nearest } from '../nearest.ts'
import { KNOWN_ROLES, keyOfKind, LIVE_ROLES, NOTICE_KINDS, type NoticeKind, ROUTES, readKind } from '../notice/words.ts'
import { parseDuration } from '../units.ts'
import type { ChannelSettings, Contact, Holder, NoticeRule, NotificationSettings } from './notification-policy.ts'
import type { HolderEntry, NoticeRuleEntry } from './notifications-schema.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import { type KnownPlaces, selectorOf } from './resolve-channels.ts'
import { checkTemplates } from './resolve-notice-templates.ts'
import type { EscalationEntry } from './schema.ts'

const ROOT: Path = ['escalation', 'notifications']

/** What is sent where the policy says nothing: whatever matters at once, over what the severity override names. */
const DEFAULT_KINDS: readonly NoticeKind[] = [
  ...(['handoff', 'on-call', 'nobody-notified', 'misrouted', 'breach-warning', 'ageing-reminder', 'help'] as const),
  ...(['approval', 'returned', 'resolved', 'de-escalation'] as const),
]

export function resolveNotifications(
  entry: EscalationEntry,
  channels: ChannelSettings,
  known: KnownPlaces,
  report: Report,
): NotificationSettings {
  const given = entry.notifications ?? {}
  const roles: Record<string, Holder[]> = {}
  for (const [role, holders] of Object.entries(given.roles ?? {})) {
    const path = [...ROOT, 'roles', role]
    if ((LIVE_ROLES as readonly string[]).includes(role)) {
      report.refuseKey(path, `"${role}" is filled by each escalation; nobody can be named for it`)
    }
    roles[role] = holders.map((holder, index) => resolveHolder(holder, known, [...path, index], report))
  }
  const rules = given.send
    ? given.send.flatMap((rule, index) =>
        resolveRule(rule, Object.keys(roles), known, [...ROOT, 'send', index], report),
      )
    : [defaultRule()]
  given.send?.forEach(({ to = [], over, fallback = [] }, index) => {
    const path = [...ROOT, 'send', index]
    for (const [at, role] of to.entries()) warnOfVacancy(role, roles, [...path, 'to', at], report)
    const used: readonly string[] = [...over, ...fallback]
    if (used.includes('email') && channels.email.from === null) {
      report.refuse([...path, 'over'], 'E-mail needs a sender: write channels.email.from')
    }
    if (used.includes('webhook') && channels.webhook.url === null) {
      report.refuse([...path, 'over'], 'A webhook needs an address: write channels.webhook.url')
    }
    if (over.includes('email') && to.length === 0) report.refuse(path, 'E-mail goes to somebody: name roles in "to"')
  })
  warnOfUnknownWords(entry, report)
  return {
    dryRun: given.dry_run ?? false,
    locale: given.locale ?? 'en',
    rules,
    people: (given.people ?? []).map((person, index) => contactOf(person, [...ROOT, 'people', index], report)),
    roles,
    templates: checkTemplates(given.templates ?? {}, [...ROOT, 'templates'], report),
  }
}

function defaultRule(): NoticeRule {
  return {
    kinds: DEFAULT_KINDS,
    ...{ queues: [], tiers: [], severities: [], roles: [] },
    over: ['by_severity'],
    fallback: ['zendesk'],
    ...{ fallbackAfter: null, include: null, urgency: null },
  }
}

/** A kind that names a tier, such as `tier2_handoff`, makes an entry of its own. */
function resolveRule(
  entry: NoticeRuleEntry,
  declared: readonly string[],
  known: KnownPlaces,
  path: Path,
  report: Report,
): NoticeRule[] {
  const selector = selectorOf(entry, known, path, report)
  entry.to?.forEach((role, index) => {
    const all = [...KNOWN_ROLES, ...declared]
    if (!all.includes(role)) report.refuse([...path, 'to', index], `There is no role "${role}"`, nearest(role, all))
  })
  const byTier = new Map<number | null, NoticeKind[]>()
  entry.kind.forEach((word, index) => {
    const read = readKind(word)
    if (!read) {
      const meant = nearest(word, NOTICE_KINDS.map(keyOfKind))
      report.refuse([...path, 'kind', index], `There is no kind of notice "${word}"`, meant)
    } else byTier.set(read.tier, [...(byTier.get(read.tier) ?? []), read.kind])
  })
  return [...byTier].map(([tier, kinds]) => ({
    ...selector,
    ...(tier === null ? {} : { tiers: [tier] }),
    kinds,
    roles: entry.to ?? [],
    over: entry.over,
    fallback: entry.fallback ?? [],
    fallbackAfter: entry.fallback_after === undefined ? null : parseDuration(entry.fallback_after),
    include: entry.include ?? null,
    urgency: entry.urgency ?? null,
  }))
}

function resolveHolder(entry: HolderEntry, known: KnownPlaces, path: Path, report: Report): Holder {
  return {
    ...selectorOf(entry, known, path, report),
    contact: contactOf(entry, path, report),
    accounts: entry.account ?? [],
  }
}

type ContactEntry = Pick<HolderEntry, 'name' | 'email' | 'slack' | 'zendesk'>

function contactOf({ name, email, slack, zendesk }: ContactEntry, path: Path, report: Report): Contact {
  if (email === undefined && slack === undefined) report.refuse(path, 'Give an e-mail address or a Slack id')
  return {
    name: name ?? email ?? slack ?? '',
    email: email ?? null,
    slack: slack ?? null,
    zendesk: zendesk ?? null,
  }
}

function warnOfVacancy(
  role: string,
  roles: Readonly<Record<string, readonly Holder[]>>,
  path: Path,
  report: Report,
): void {
  if ((LIVE_ROLES as readonly string[]).includes(role) || (roles[role]?.length ?? 0) > 0) return
  // The lead of "the tier" may be named tier by tier.
  if (role === 'tier_lead' && Object.keys(roles).some((other) => /^tier[1-4]_lead$/.test(other))) return
  report.warn(path, `Nobody holds the role "${role}"; notices to it are suppressed until somebody does`)
}

/** Words of severity overrides are free; one that names no channel reaches nobody. */
function warnOfUnknownWords({ severity_overrides }: EscalationEntry, report: Report): void {
  severity_overrides?.forEach(({ notification }, index) => {
    if (notification === undefined || (ROUTES as readonly string[]).includes(notification)) return
    const meant = nearest(notification, ROUTES)
    const hint = meant === null ? '' : `; did you mean "${meant}"?`
    report.warn(
      ['escalation', 'severity_overrides', index, 'notification'],
      `"${notification}" is no channel Baton knows, so nobody is told by it${hint}`,
    )
  })
}
