import { wordPattern } from '../decide/words.ts'
import { nearest } from '../nearest.ts'
import type { Component, Queue } from './policy.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

export type Queues = {
  queues: Record<string, Queue>
  components: Component[]
  /** Level → id of the queue that takes what nothing sends elsewhere. */
  defaults: Map<number, string>
}

/** Finds every tier's queues, derives one from `team` where none is given, and says which components go where. */
export function resolveQueues(entry: EscalationEntry, report: Report): Queues {
  const queues = givenQueues(entry, report)
  const defaults = defaultQueues(entry, queues, report)
  if (report.problems.length === 0) refuseSharedGroups(queues, report)
  return { queues, defaults, components: resolveComponents(entry, queues, report) }
}

function givenQueues(entry: EscalationEntry, report: Report): Record<string, Queue> {
  const levels = entry.tiers.map(({ level }) => level)
  const queues: Record<string, Queue> = {}
  entry.queues?.forEach((queue, index) => {
    const path = ['escalation', 'queues', index]
    if (Object.hasOwn(queues, queue.id)) {
      report.refuse([...path, 'id'], `The queue "${queue.id}" is given twice`)
      return
    }
    if (!levels.includes(queue.tier)) {
      report.refuse([...path, 'tier'], `There is no tier ${queue.tier}; there are ${levels.join(', ')}`)
    }
    queues[queue.id] = {
      id: queue.id,
      name: queue.name,
      tier: queue.tier,
      group: queue.group,
      tags: queue.tags ?? [],
      components: queue.components ?? [],
      writtenAt: `escalation.queues[${index}].group`,
    }
  })
  return queues
}

function defaultQueues(entry: EscalationEntry, queues: Record<string, Queue>, report: Report): Map<number, string> {
  const defaults = new Map<number, string>()
  entry.tiers.forEach(({ level, name, team }, index) => {
    const own = (entry.queues ?? []).map((queue, at) => ({ ...queue, at })).filter(({ tier }) => tier === level)
    const marked = own.filter((queue) => queue.default === true)
    for (const extra of marked.slice(1)) {
      report.refuse(
        ['escalation', 'queues', extra.at, 'default'],
        `Tier ${level} has a default queue already: "${marked[0]!.id}"`,
      )
    }
    const chosen = marked[0] ?? own[0]
    if (chosen) {
      if (own.length > 1 && marked.length === 0) {
        report.warn(
          ['escalation', 'queues', chosen.at],
          `No queue of tier ${level} is the default; "${chosen.id}" is taken because it comes first`,
        )
      }
      defaults.set(level, chosen.id)
      return
    }
    if (team === undefined) {
      report.refuse(
        ['escalation', 'tiers', index],
        `Tier ${level} has no queue: add one under queues, or name its team`,
      )
      return
    }
    const id = freeId(team, level, queues)
    queues[id] = {
      id,
      name,
      tier: level,
      group: team,
      tags: [],
      components: [],
      writtenAt: `escalation.tiers[${index}].team`,
    }
    defaults.set(level, id)
  })
  return defaults
}

function freeId(team: string, level: number, queues: Record<string, Queue>): string {
  const words = team
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
  const id = words.slice(0, 50) || `tier-${level}`
  return Object.hasOwn(queues, id) ? `${id}-${level}` : id
}

/** A ticket's tier is told by its group, so one group can't stand for two tiers. */
function refuseSharedGroups(queues: Record<string, Queue>, report: Report): void {
  const first = new Map<string, Queue>()
  for (const queue of Object.values(queues)) {
    const other = first.get(queue.group)
    if (!other) first.set(queue.group, queue)
    else if (other.tier !== queue.tier) {
      const index = Number(/\d+/.exec(queue.writtenAt)?.[0])
      const path = queue.writtenAt.startsWith('escalation.queues')
        ? ['escalation', 'queues', index, 'group']
        : ['escalation', 'tiers', index, 'team']
      report.refuse(
        path,
        `The group "${queue.group}" belongs to tier ${other.tier} already; a ticket's tier is told by its group`,
      )
    }
  }
}

function resolveComponents(entry: EscalationEntry, queues: Record<string, Queue>, report: Report): Component[] {
  const components: Component[] = []
  const ownQueues = new Map<string, Record<number, string>>()
  entry.components?.forEach((component, index) => {
    const path = ['escalation', 'components', index]
    if (ownQueues.has(component.id)) {
      report.refuse([...path, 'id'], `The component "${component.id}" is given twice`)
      return
    }
    const byTier: Record<number, string> = {}
    const queue = component.queue === undefined ? null : queues[component.queue]
    if (queue) byTier[queue.tier] = queue.id
    else if (queue === undefined) {
      report.refuse(
        [...path, 'queue'],
        `There is no queue "${component.queue}"`,
        nearest(component.queue!, Object.keys(queues)),
      )
    }
    ownQueues.set(component.id, byTier)
    const keywords = component.keywords ?? []
    const patterns = keywords.map((word) => wordPattern([word])!)
    components.push({
      id: component.id,
      name: component.name,
      owners: component.owners ?? [],
      keywords,
      queues: byTier,
      patterns,
    })
  })

  entry.queues?.forEach((queue, index) => {
    queue.components?.forEach((id, at) => {
      const path = ['escalation', 'queues', index, 'components', at]
      const byTier = ownQueues.get(id)
      const other = byTier?.[queue.tier]
      if (!byTier) report.refuse(path, `There is no component "${id}"`, nearest(id, ownQueues.keys()))
      else if (other !== undefined && other !== queue.id) {
        report.refuse(path, `The component "${id}" belongs to the queue "${other}" in tier ${queue.tier} already`)
      } else byTier[queue.tier] = queue.id
    })
  })

  components.forEach(({ id, queues: byTier }, index) => {
    if (Object.keys(byTier).length === 0)
      report.warn(['escalation', 'components', index], `No queue looks after the component "${id}"`)
  })
  return components
}
