import { addProblem, type Problems } from '../http/refused.ts'
import { actionProblem } from '../rules/action-problems.ts'
import { asList, readConditions, type TriggerInput } from '../rules/check-trigger.ts'
import type { State } from '../state/model.ts'
import type { Automation } from './automation.ts'
import { automationConditionProblem, isTimeCondition } from './conditions.ts'
import { stopsItself } from './nullify.ts'

const NEEDS_ONE_OF = ['status', 'type', 'group_id', 'assignee_id', 'requester_id']

/** The automation as the request would have it: lists are replaced whole, unknown keys ignored. */
export function merge(automation: Automation, input: TriggerInput): Automation {
  return {
    ...automation,
    title: input.title === undefined ? automation.title : (input.title as string),
    active: input.active === undefined ? automation.active : input.active === true || input.active === 'true',
    position: Number.isInteger(input.position) ? (input.position as number) : automation.position,
    conditions: readConditions(input) ?? automation.conditions,
    actions: input.actions === undefined ? automation.actions : (asList(input.actions) as Automation['actions']),
  }
}

/** Everything wrong with an automation as it would be saved. Source: "About automations"; automations reference. */
export function automationProblems(state: State, { title, conditions, actions }: Automation): Problems {
  const problems: Problems = {}
  if (typeof title !== 'string' || !title.trim()) addProblem(problems, 'title', 'Title: cannot be blank')
  const { all, any } = conditions
  const wrong = [
    ...[...all, ...any].map((condition) => automationConditionProblem(state, condition)),
    ...actions.map((action) => actionProblem(state, action)),
  ].filter((problem) => problem !== null)
  if (actions.length === 0) wrong.push('Actions: an automation needs at least one action')
  if (wrong.length === 0) wrong.push(...shapeProblems({ conditions, actions }))
  for (const problem of wrong) addProblem(problems, 'base', problem)
  return problems
}

function shapeProblems({ conditions, actions }: Pick<Automation, 'conditions' | 'actions'>): string[] {
  const { all } = conditions
  const problems: string[] = []
  if (!all.some(({ field }) => NEEDS_ONE_OF.includes(field))) {
    problems.push(`Conditions: all must hold one about ${NEEDS_ONE_OF.join(', ')}`)
  }
  if (!all.some(isTimeCondition)) problems.push('Conditions: all must hold one about hours')
  if (!stopsItself({ conditions, actions })) {
    problems.push(
      'Actions: an automation must include an action that nullifies one of its conditions, or a condition that is true only once',
    )
  }
  return problems
}
