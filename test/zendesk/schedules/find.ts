import type { State } from '../state/model.ts'
import type { Schedule } from './schedule.ts'

/** The account's schedules in the order they are listed; the first is the default. */
export function listSchedules(state: State): Schedule[] {
  return Object.values(state.schedules)
    .filter((schedule) => !schedule.deleted)
    .sort((a, b) => a.id - b.id)
}

export function findSchedule(state: State, id: unknown): Schedule | null {
  const schedule = state.schedules[Number(id)]
  return schedule && !schedule.deleted ? schedule : null
}

/** The schedule a ticket is measured with: the one a trigger gave it while that exists, else the default. */
export function scheduleOf(state: State, ticket: { schedule_id?: number | null }): Schedule | null {
  return findSchedule(state, ticket.schedule_id ?? 0) ?? listSchedules(state)[0] ?? null
}
