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
  verdict: Pick<Verdict, 'queue' | 'by'>,
  trace: RuleTrace[] | null,
): QueueChoice {
  let chosen: QueueChoice | null = null
  for (const { source, title, queueId } of candidatesFor(policy, facts, tier, verdict)) {
    const queue = policy.queueById[queueId]
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
    if (matched) chosen = { queue, reasons: [title] }
    if (chosen && trace === null) break
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
  const isOnly = policy.queues.every(({ id, tier: level }) => level !== tier.level || id === queue.id)
  return { queue, reasons: isOnly ? [] : [title] }
}

type Candidate = { source: string; title: string; queueId: string }

/** Everything that names a queue, strongest first. */
function candidatesFor(
  policy: Policy,
  facts: DecisionFacts,
  tier: Tier,
  verdict: Pick<Verdict, 'queue' | 'by'>,
): Candidate[] {
  const candidates: Candidate[] = []
  const add = (source: string, what: string, verb: string, queueId: string) =>
    candidates.push({ source, title: `${what} ${verb} ${policy.queueById[queueId]?.name}`, queueId })

  const rule = verdict.by.queue
  if (rule && verdict.queue) add(`rule:${rule.id}`, `"${rule.title}"`, 'sends it to', verdict.queue)

  const category = policy.categories.find(({ id }) => id === facts['note.category'])
  if (category?.queue) add(`category:${category.id}`, `Category ${category.id}`, 'belongs to', category.queue)

  const component = policy.components.find(({ id }) => id === facts.component)
  if (component) {
    // One with no queue in this tier is named by the queue it has elsewhere, so that the trace can say so.
    const queueId = component.queues[tier.level] ?? Object.values(component.queues)[0]
    const what = `Component ${component.name}${howGuessed(component.id, facts)}`
    if (queueId) add(`component:${component.id}`, what, 'belongs to', queueId)
  }
  return candidates
}

function howGuessed(componentId: string, facts: DecisionFacts): string {
  if (facts['note.component_guess'] !== componentId) return ''
  const words = facts['note.component_guess_words']
  return ` (guessed from ${(Array.isArray(words) ? words : []).map((word) => `"${word}"`).join(', ')})`
}

function skippedBecause(queue: Queue, tier: Tier, chosen: QueueChoice | null): string | null {
  if (queue.tier !== tier.level) return `${queue.name} is in tier ${queue.tier}; the ticket goes to tier ${tier.level}`
  return chosen ? `${chosen.queue.name} was chosen already` : null
}
