import type { Policy, Queue, Tier } from '../policy/policy.ts'
import type { Verdict } from './apply-rules.ts'
import type { DecisionFacts, RuleTrace } from './decision.ts'

export type QueueChoice = { queue: Queue; reasons: string[] }

/**
 * Chooses the queue within the tier: the one a rule names, else the category's, else the one that looks after the
 * component, else the tier's default. One that lies in another tier is passed over, and the trace says so.
 */
export function chooseQueue(
  policy: Policy,
  facts: DecisionFacts,
  tier: Tier,
  verdict: Verdict,
  trace: RuleTrace[] | null,
): QueueChoice {
  const category = policy.categories.find(({ id }) => id === facts['note.category'])
  const component = policy.components.find(({ id }) => id === facts.component)
  const isGuess = component !== undefined && facts['note.component_guess'] === component.id
  const words = facts['note.component_guess_words']
  const told = isGuess
    ? ` (guessed from ${(Array.isArray(words) ? words : []).map((word) => `"${word}"`).join(', ')})`
    : ''
  const ruleTitle = verdict.by.queue?.title ?? ''

  const candidates: {
    source: string
    title: string
    queueId: string | null | undefined
    reason: (queue: Queue) => string
  }[] = [
    {
      source: `rule:${verdict.by.queue?.id ?? ''}`,
      title: `"${ruleTitle}" names the queue`,
      queueId: verdict.queue,
      reason: (queue) => `"${ruleTitle}" sends it to ${queue.name}`,
    },
    {
      source: `category:${category?.id ?? ''}`,
      title: `Category ${category?.id ?? ''} has a queue`,
      queueId: category?.queue,
      reason: (queue) => `Category ${category?.id ?? ''} belongs to ${queue.name}`,
    },
    {
      source: `component:${component?.id ?? ''}`,
      title: `Component ${component?.name ?? ''}${told}`,
      // A component with no queue in this tier is named by the queue it has elsewhere, so that the trace can say so.
      queueId: component && (component.queues[tier.level] ?? Object.values(component.queues)[0]),
      reason: (queue) => `Component ${component?.name ?? ''}${told} belongs to ${queue.name}`,
    },
  ]

  let chosen: QueueChoice | null = null
  for (const { source, title, queueId, reason } of candidates) {
    const queue = queueId ? policy.queueById[queueId] : undefined
    if (!queue) continue
    const skipped = skippedBecause(queue, tier, chosen)
    const matched = skipped === null
    trace?.push({
      rule: `queue:${source}`,
      title,
      matched,
      set: matched ? { queue: queue.id } : {},
      all: [],
      any: [],
      skipped,
    })
    if (matched) chosen = { queue, reasons: [reason(queue)] }
  }
  if (chosen) return chosen

  const queue = policy.queueById[tier.defaultQueue]!
  const title = `${queue.name} takes what nothing sends elsewhere in tier ${tier.level}`
  trace?.push({
    rule: 'queue:default',
    title,
    matched: true,
    set: { queue: queue.id },
    all: [],
    any: [],
    skipped: null,
  })
  const isOnly = policy.queues.filter(({ tier: level }) => level === tier.level).length === 1
  return { queue, reasons: isOnly ? [] : [title] }
}

function skippedBecause(queue: Queue, tier: Tier, chosen: QueueChoice | null): string | null {
  if (queue.tier !== tier.level) return `${queue.name} is in tier ${queue.tier}; the ticket goes to tier ${tier.level}`
  return chosen ? `${chosen.queue.name} was chosen already` : null
}
