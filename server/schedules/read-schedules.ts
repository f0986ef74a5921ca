import { fromZendesk } from '../../core/clock/from-zendesk.ts'
import type { Schedule } from '../../core/clock/schedule.ts'
import { nearest } from '../../core/nearest.ts'
import type { Policy, PolicySchedule } from '../../core/policy/policy.ts'
import type { ZendeskSchedule, ZendeskSchedules } from '../zendesk/schedules.ts'
import type { ReadSchedule } from './keep-versions.ts'
import type { Definition, KeptVersion } from './versions.ts'

/**
 * Why a schedule of the policy is not read from Zendesk, or not as the policy names it, and what holds as long as that
 * is so: sentences for an admin.
 */
export type ScheduleTrouble = { id: string; why: string; meanwhile: string }

type FromZendesk = Extract<PolicySchedule, { from: 'zendesk' }>

/** The schedules that are written in the policy. */
export function schedulesWritten({ schedules }: Pick<Policy, 'schedules'>): ReadSchedule[] {
  return schedules.flatMap((one) =>
    one.from === 'policy'
      ? [{ id: one.id, source: 'policy' as const, definition: definitionOf(one.schedule, one.name, null) }]
      : [],
  )
}

/** Whether the policy takes schedules from Zendesk at all. */
export function usesZendesk({ schedules }: Pick<Policy, 'schedules'>): boolean {
  return schedules.some(({ from }) => from === 'zendesk')
}

/**
 * The schedules that the policy takes from Zendesk, and what is wrong with some. One that was renamed there is followed
 * by its id; one that is gone or can't be used stays as it was.
 *
 * @param kept the versions there are, oldest first
 */
export function schedulesInZendesk(
  { schedules }: Pick<Policy, 'schedules'>,
  found: ZendeskSchedules,
  kept: readonly KeptVersion[],
): { read: ReadSchedule[]; troubles: ScheduleTrouble[] } {
  const read: ReadSchedule[] = []
  const troubles: ScheduleTrouble[] = []
  for (const wanted of schedules) {
    if (wanted.from !== 'zendesk') continue
    const before = kept.findLast(({ schedule }) => schedule.id === wanted.id)
    const meanwhile = before ? 'It stays as it was.' : 'Until it is read, every hour counts.'
    const tell = (why: string) => troubles.push({ id: wanted.id, why, meanwhile })
    if (!found.ok) {
      tell(found.advice)
      continue
    }
    const { schedule, isRenamed } = find(wanted, found.schedules, before?.zendeskId ?? null)
    if (!schedule) {
      tell(missing(wanted, found.schedules, before))
      continue
    }
    const made = fromZendesk(schedule.schedule, schedule.holidays)
    if (!made.ok) {
      tell(`Zendesk’s schedule "${schedule.name}" can’t be used: ${made.problems[0]!.message}.`)
      continue
    }
    if (isRenamed) {
      const why = `Zendesk’s schedule "${wanted.zendeskName}" is called "${schedule.name}" now; name it so in the policy.`
      troubles.push({ id: wanted.id, why, meanwhile: 'It is still read.' })
    }
    const name = wanted.name === wanted.id ? schedule.name : wanted.name
    read.push({ id: wanted.id, source: 'zendesk', definition: definitionOf(made.schedule, name, schedule.id) })
  }
  return { read, troubles }
}

function find({ zendeskName }: FromZendesk, schedules: readonly ZendeskSchedule[], lastId: string | null) {
  if (zendeskName === null) return { schedule: schedules[0], isRenamed: false }
  const named = schedules.find(({ name }) => name === zendeskName)
  if (named) return { schedule: named, isRenamed: false }
  return { schedule: schedules.find(({ id }) => id === lastId), isRenamed: true }
}

function missing({ zendeskName }: FromZendesk, schedules: readonly ZendeskSchedule[], before: KeptVersion | undefined) {
  if (zendeskName === null) return 'Zendesk has no schedule any more.'
  if (before) return `Zendesk’s schedule "${zendeskName}" was deleted; name another in the policy.`
  const names = schedules.map(({ name }) => name)
  const meant = nearest(zendeskName, names)
  const hint = meant
    ? `; did you mean "${meant}"?`
    : names.length > 0
      ? `; there are ${names.join(', ')}.`
      : '; it has none.'
  return `Zendesk has no schedule "${zendeskName}"${hint}`
}

function definitionOf({ timezone, week, holidays }: Schedule, name: string, zendeskId: string | null): Definition {
  return { name, timezone, week, holidays, zendeskId }
}
