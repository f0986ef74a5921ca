import type { Action, Condition, State } from '../state/model.ts'
import { actionProblem } from './action-problems.ts'
import { conditionProblem } from './conditions.ts'

/** The most a rule may hold. Source: "About triggers", 65 kB per rule. */
export const MAX_RULE_BYTES = 65_000

/** The most triggers that may be active. */
export const MAX_ACTIVE_TRIGGERS = 7000

/** What a request may say about a trigger; values come from outside. */
export type TriggerInput = {
  title?: unknown
  description?: unknown
  active?: unknown
  position?: unknown
  category_id?: unknown
  conditions?: { all?: unknown; any?: unknown }
  all?: unknown
  any?: unknown
  actions?: unknown
}

export type TriggerParts = { conditions: { all: Condition[]; any: Condition[] }; actions: Action[] }

/** Conditions under `conditions`, or in the legacy form at the top; undefined when the request names neither. */
export function readConditions(input: TriggerInput): TriggerParts['conditions'] | undefined {
  const given = input.conditions ?? (input.all === undefined && input.any === undefined ? undefined : input)
  if (given === undefined || given === null || typeof given !== 'object') return undefined
  return { all: asList(given.all) as Condition[], any: asList(given.any) as Condition[] }
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Everything wrong with a trigger as it would be saved, by field; empty when it may be saved. */
export function triggerProblems(
  state: State,
  trigger: TriggerParts & { title: unknown; category_id: string; active: boolean; id?: number },
): Record<string, string[]> {
  const problems: Record<string, string[]> = {}
  if (typeof trigger.title !== 'string' || !trigger.title.trim()) problems.title = ['Title: cannot be blank']

  const { all, any } = trigger.conditions
  const base = [...all, ...any].map((condition) => conditionProblem(state, condition))
  if (all.length + any.length === 0) base.push('Conditions: a trigger needs at least one condition')
  if (trigger.actions.length === 0) base.push('Actions: a trigger needs at least one action')
  base.push(...trigger.actions.map((action) => actionProblem(state, action)))
  if (!Object.hasOwn(state.trigger_categories ?? {}, trigger.category_id))
    problems.category_id = ['Category: does not exist']
  if (Buffer.byteLength(JSON.stringify([trigger.conditions, trigger.actions])) > MAX_RULE_BYTES) {
    base.push(`Definition: is too long (maximum is ${MAX_RULE_BYTES} bytes)`)
  }
  const others = Object.values(state.triggers).filter((other) => other.active && other.id !== trigger.id)
  if (trigger.active && others.length >= MAX_ACTIVE_TRIGGERS) {
    base.push(`You can have at most ${MAX_ACTIVE_TRIGGERS} active triggers`)
  }
  const found = base.filter((problem) => problem !== null)
  if (found.length > 0) problems.base = found
  return problems
}
