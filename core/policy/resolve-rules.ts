import { compileCondition, type FieldSlots } from '../decide/conditions.ts'
import { nearest } from '../nearest.ts'
import { parseDuration } from '../units.ts'
import { checkConditions } from './check-conditions.ts'
import { DEFAULT_URGENCY } from './defaults.ts'
import type { Conditions, Queue, Rule, TargetMinutes, UrgencyRule } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import type { Condition, EscalationEntry } from './schema.ts'

/** Values that fields may have because the policy names them. */
export type KnownValues = Readonly<Record<string, readonly string[]>>

export function resolveRules(
  entry: EscalationEntry,
  queues: Readonly<Record<string, Queue>>,
  known: KnownValues,
  slots: FieldSlots,
  report: Report,
): Rule[] {
  const ids = new Set<string>()
  const levels = entry.tiers.map(({ level }) => level)
  return (entry.rules ?? []).map((rule, index) => {
    const path: Path = ['escalation', 'rules', index]
    refuseTwice(ids, rule.id, 'rule', path, report)
    const { tier, queue, severity, priority, tags, sla, approval } = rule.set
    if (Object.keys(rule.set).length === 0) report.refuse([...path, 'set'], 'A rule must set something')
    if (tier !== undefined && !levels.includes(tier)) {
      report.refuse([...path, 'set', 'tier'], `There is no tier ${tier}; there are ${levels.join(', ')}`)
    }
    const target = queue === undefined ? undefined : queues[queue]
    if (queue !== undefined && !target) {
      report.refuse([...path, 'set', 'queue'], `There is no queue "${queue}"`, nearest(queue, Object.keys(queues)))
    }
    if (target && tier !== undefined && target.tier !== tier) {
      report.refuse(
        [...path, 'set', 'queue'],
        `The queue "${queue}" is in tier ${target.tier}, but the rule sets tier ${tier}`,
      )
    }
    return {
      id: rule.id,
      title: rule.title,
      active: rule.active ?? true,
      ...resolveConditions(rule, path, known, slots, report),
      set: {
        tier: tier ?? target?.tier ?? null,
        queue: queue ?? null,
        severity: severity ?? null,
        priority: priority ?? null,
        tags: tags ?? [],
        targets: minutesOf(sla),
        approval: approval ?? null,
      },
    }
  })
}

export function resolveUrgency(
  entry: EscalationEntry,
  known: KnownValues,
  slots: FieldSlots,
  report: Report,
): UrgencyRule[] {
  const ids = new Set<string>()
  return (entry.urgency ?? DEFAULT_URGENCY).map((point, index) => {
    const path: Path = ['escalation', 'urgency', index]
    refuseTwice(ids, point.id, 'urgency point', path, report)
    return {
      point: { id: point.id, title: point.title, points: point.points },
      ...resolveConditions(point, path, entry.urgency ? known : {}, slots, report),
    }
  })
}

export function minutesOf(sla: { first_response?: string; resolution_target?: string } | undefined): TargetMinutes {
  return {
    firstResponse: sla?.first_response === undefined ? null : parseDuration(sla.first_response),
    resolution: sla?.resolution_target === undefined ? null : parseDuration(sla.resolution_target),
  }
}

function resolveConditions(
  { all = [], any = [] }: { all?: Condition[]; any?: Condition[] },
  path: Path,
  known: KnownValues,
  slots: FieldSlots,
  report: Report,
): Conditions {
  if (all.length + any.length === 0) report.refuse(path, 'Needs at least one condition under "all" or "any"')
  checkConditions(all, [...path, 'all'], report, known)
  checkConditions(any, [...path, 'any'], report, known)
  const compile = (condition: Condition) => compileCondition(condition, slots)
  return { all: all.map(compile), any: any.map(compile) }
}

function refuseTwice(ids: Set<string>, id: string, what: string, path: Path, report: Report): void {
  if (ids.has(id)) report.refuse([...path, 'id'], `The ${what} "${id}" is given twice`)
  ids.add(id)
}
