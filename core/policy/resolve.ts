import type { FieldSlots } from '../decide/conditions.ts'
import { nearest } from '../nearest.ts'
import { DEFAULT_BAR, DEFAULT_WEIGHTS } from '../note/completeness.ts'
import { NOTE_FIELDS } from '../note/fields.ts'
import { Severity } from '../severity.ts'
import { checkTiers } from './check-tiers.ts'
import { DEFAULT_CATEGORIES, DEFAULT_CUSTOMER_FIELDS, DEFAULT_SENT_AT_ONCE, DEFAULT_SEVERITIES } from './defaults.ts'
import { lintClocks } from './lint-clocks.ts'
import { lintSteps } from './lint-steps.ts'
import { lintTargets } from './lint-targets.ts'
import { lintTimers } from './lint-timers.ts'
import { resolveMeasureTargets } from './measure-targets.ts'
import type { Category, CustomerTier, Policy, Queue, SeverityOverride } from './policy.ts'
import type { Report } from './report.ts'
import { resolveChannels } from './resolve-channels.ts'
import { resolveAutoEscalation, resolveClocks } from './resolve-clocks.ts'
import { resolveCustomer } from './resolve-customer.ts'
import { resolveKnowledge } from './resolve-knowledge.ts'
import { resolveLife } from './resolve-life.ts'
import { resolveNotifications } from './resolve-notifications.ts'
import { resolveOnCall } from './resolve-on-call.ts'
import { resolveOpeningHours } from './resolve-opening-hours.ts'
import { resolveQueues } from './resolve-queues.ts'
import { resolveMajorIncident, resolveReviews } from './resolve-reviews.ts'
import { resolveRules, resolveUrgency } from './resolve-rules.ts'
import { resolveTier } from './resolve-tier.ts'
import { resolveNotices, resolveTimers } from './resolve-timers.ts'
import { type EscalationEntry, TRIGGER_MODELS } from './schema.ts'

/** Fills in every default and follows every reference. The answer is only good when `report` holds no problem. */
export function resolvePolicy(entry: EscalationEntry, version: string, report: Report): Policy {
  const steps = checkTiers(entry, report)
  const { queues, components, defaults } = resolveQueues(entry, report)
  const categories = resolveCategories(entry, queues, report)
  const customerTiers = resolveCustomerTiers(entry, report)
  const customerTierIds = customerTiers.map(({ id }) => id)
  const slots: FieldSlots = []
  const known = {
    'note.category': categories.map(({ id }) => id),
    ...(components.length > 0 && { component: components.map(({ id }) => id) }),
    ...(components.length > 0 && { 'note.component_guess': components.map(({ id }) => id) }),
    ...(customerTierIds.length > 0 && { 'customer.tier': customerTierIds }),
  }
  const tiers = entry.tiers
    .map((tier, index) => resolveTier(entry, tier, index, customerTierIds, report))
    .map((tier) => ({ ...tier, next: steps.get(tier.level) ?? null, defaultQueue: defaults.get(tier.level) ?? '' }))
    .sort((a, b) => a.level - b.level)
  const places = { queues, levels: tiers.map(({ level }) => level) }
  const channels = resolveChannels(entry, places, report)
  const policy: Policy = {
    version,
    name: entry.name ?? 'Escalation policy',
    triggerModel: entry.trigger_model ?? TRIGGER_MODELS,
    escalators: entry.escalators ?? [],
    tiers,
    queues: Object.values(queues),
    queueById: queues,
    components,
    categories,
    severities: resolveSeverities(entry, report),
    severityOverrides: resolveOverrides(entry, report),
    customerTiers,
    customerFields: { ...DEFAULT_CUSTOMER_FIELDS, ...entry.customer_fields },
    fields: slots,
    rules: resolveRules(entry, queues, known, slots, report),
    urgency: resolveUrgency(entry, known, slots, report),
    note: resolveNote(entry, report),
    schedules: resolveOpeningHours(entry, report),
    clocks: resolveClocks(entry, tiers[0]!, customerTierIds, report),
    autoEscalation: resolveAutoEscalation(entry, report),
    timers: resolveTimers(entry, { tiers, queues, customerTiers: customerTierIds }, report),
    notices: resolveNotices(entry, report),
    life: resolveLife(entry, report),
    channels,
    notifications: resolveNotifications(entry, channels, places, report),
    customer: resolveCustomer(entry, report),
    reviews: resolveReviews(entry, report),
    measureTargets: resolveMeasureTargets(entry, report),
    majorIncident: resolveMajorIncident(entry),
    knowledge: resolveKnowledge(entry, report),
    onCall: resolveOnCall(entry, queues, report),
  }
  if (report.problems.length === 0) {
    lintTargets(entry, policy, report)
    lintClocks(entry, policy, report)
    lintTimers(policy, report)
    lintSteps(policy, report)
  }
  return policy
}

function resolveOverrides(entry: EscalationEntry, report: Report): Policy['severityOverrides'] {
  const levels = entry.tiers.map(({ level }) => level)
  const overrides: Partial<Record<Severity, SeverityOverride>> = {}
  entry.severity_overrides?.forEach(({ severity, route_to, notification }, index) => {
    const path = ['escalation', 'severity_overrides', index]
    if (overrides[severity]) report.refuse([...path, 'severity'], `${severity} is given twice`)
    if (!levels.includes(route_to)) {
      report.refuse([...path, 'route_to'], `There is no tier ${route_to}; there are ${levels.join(', ')}`)
    }
    overrides[severity] = { severity, routeTo: route_to, notification: notification ?? null }
  })
  if (entry.severity_overrides && entry.trigger_model && !entry.trigger_model.includes('severity')) {
    report.warn(['escalation', 'severity_overrides'], 'Not used: the trigger model does not name "severity"')
  }
  return overrides
}

function resolveSeverities(entry: EscalationEntry, report: Report): Policy['severities'] {
  const severities = structuredCopy(DEFAULT_SEVERITIES)
  for (const { severity, description } of entry.severity_overrides ?? []) {
    if (description) severities[severity].description = description
  }
  const seen = new Set<Severity>()
  entry.severities?.forEach(({ severity, description, priority }, index) => {
    if (seen.has(severity)) report.refuse(['escalation', 'severities', index, 'severity'], `${severity} is given twice`)
    seen.add(severity)
    if (description) severities[severity].description = description
    if (priority) severities[severity].priority = priority
  })
  return severities
}

function structuredCopy(severities: typeof DEFAULT_SEVERITIES): typeof DEFAULT_SEVERITIES {
  return Object.fromEntries(
    Severity.options.map((name) => [name, { ...severities[name] }]),
  ) as typeof DEFAULT_SEVERITIES
}

function resolveCategories(entry: EscalationEntry, queues: Record<string, Queue>, report: Report): readonly Category[] {
  if (!entry.categories) return DEFAULT_CATEGORIES
  const ids = new Set<string>()
  return entry.categories.map(({ id, severity, queue }, index) => {
    const path = ['escalation', 'categories', index]
    if (ids.has(id)) report.refuse([...path, 'id'], `The category "${id}" is given twice`)
    ids.add(id)
    if (queue !== undefined && !queues[queue]) {
      report.refuse([...path, 'queue'], `There is no queue "${queue}"`, nearest(queue, Object.keys(queues)))
    }
    return { id, severity: severity ?? null, queue: queue ?? null }
  })
}

function resolveCustomerTiers(entry: EscalationEntry, report: Report): CustomerTier[] {
  const levels = entry.tiers.map(({ level }) => level)
  const names = new Map<string, string>()
  return Object.entries(entry.customer_tiers ?? {}).map(([id, tier]) => {
    const path = ['escalation', 'customer_tiers', id]
    for (const name of [id, ...(tier.aliases ?? [])].map((text) => text.toLowerCase())) {
      const other = names.get(name)
      if (other !== undefined && other !== id)
        report.refuse(path, `"${name}" means the customer tier "${other}" already`)
      names.set(name, id)
    }
    if (tier.at_least_tier !== undefined && !levels.includes(tier.at_least_tier)) {
      report.refuse(
        [...path, 'at_least_tier'],
        `There is no tier ${tier.at_least_tier}; there are ${levels.join(', ')}`,
      )
    }
    return {
      id,
      name: tier.name ?? id,
      aliases: tier.aliases ?? [],
      atLeastTier: tier.at_least_tier ?? null,
      atLeastPriority: tier.at_least_priority ?? null,
    }
  })
}

const NOTE_PATHS: readonly string[] = NOTE_FIELDS.map(({ path }) => path)

function resolveNote(entry: EscalationEntry, report: Report): Policy['note'] {
  const weights: Readonly<Record<string, number>> = entry.note?.weights ?? DEFAULT_WEIGHTS
  const path = ['escalation', 'note', 'weights']
  for (const field of Object.keys(weights)) {
    if (!NOTE_PATHS.includes(field))
      report.refuseKey([...path, field], `The note has no field "${field}"`, nearest(field, NOTE_PATHS))
  }
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0)
  if (Math.abs(sum - 100) > 1e-6) report.refuse(path, `The weights add up to ${sum}; they must add up to 100`)
  return {
    weights: { ...weights },
    bar: entry.note?.bar ?? DEFAULT_BAR,
    sentAtOnce: entry.note?.sent_at_once ?? DEFAULT_SENT_AT_ONCE,
  }
}
