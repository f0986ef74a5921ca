import type { Instant } from '../../../core/units.ts'
import type { Action, Condition, State } from '../state/model.ts'

export type Automation = {
  id: number
  title: string
  active: boolean
  default: boolean
  position: number
  conditions: { all: Condition[]; any: Condition[] }
  actions: Action[]
  revision: number
  created_at: Instant
  updated_at: Instant
}

/** What closes solved tickets in every new account. Source: recorded default automations. */
export const CLOSE_AFTER_FOUR_DAYS: Pick<Automation, 'title' | 'conditions' | 'actions'> = {
  title: 'Close ticket 4 days after status is set to solved',
  conditions: {
    all: [
      { field: 'status', operator: 'is', value: 'solved' },
      { field: 'SOLVED', operator: 'greater_than', value: '96' },
    ],
    any: [],
  },
  actions: [{ field: 'status', value: 'closed' }],
}

export function orderedAutomations(state: State): Automation[] {
  return Object.values(state.automations).sort((a, b) => a.position - b.position || a.id - b.id)
}
