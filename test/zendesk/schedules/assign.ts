import type { Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { findSchedule, scheduleOf } from './find.ts'

/**
 * Gives a ticket another schedule and tells so in the audit.
 *
 * @returns whether it had another one
 */
export function assignSchedule(world: World, { ticket, audit }: UpdateInProgress, id: number, via: Via): boolean {
  const schedule = findSchedule(world.state, id)
  const previous = scheduleOf(world.state, ticket)
  if (!schedule || schedule.id === previous?.id) return false
  ticket.schedule_id = schedule.id
  const ids = { previous_schedule_id: previous?.id ?? null, new_schedule_id: schedule.id }
  audit.events.push({ id: world.nextId('audit'), type: 'ScheduleAssignment', ...ids, via })
  return true
}
