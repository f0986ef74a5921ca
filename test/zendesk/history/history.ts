import { calendarTime } from '../../../core/clock/calendar.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import { specialistGroupsOf } from '../../../core/policy/policy.ts'
import { DAY_MS, type Instant } from '../../../core/units.ts'
import { checkPolicy } from '../../../server/policy/store.ts'
import { calendarsFrom } from '../../../server/schedules/calendars.ts'
import { newVersions } from '../../../server/schedules/keep-versions.ts'
import { schedulesInZendesk, schedulesWritten } from '../../../server/schedules/read-schedules.ts'
import { createRandom } from '../../support/random.ts'
import { iso } from '../http/times.ts'
import { listSchedules } from '../schedules/find.ts'
import { foundCompany } from '../seed/company.ts'
import { CONVERSATIONS } from '../seed/conversations.ts'
import { conversationLines } from '../seed/open-conversations.ts'
import type { State } from '../state/model.ts'
import type { World } from '../world.ts'
import { createAgenda } from './agenda.ts'
import { makeFields } from './baton-fields.ts'
import { type BatonOfThen, batonOfThen } from './baton-of-then.ts'
import { changesOfStaff } from './changes-of-staff.ts'
import { winCustomers } from './customers.ts'
import { escalatedLife } from './escalated-life.ts'
import { createHours } from './hours.ts'
import { plainLife } from './plain-life.ts'
import { planTickets } from './plan.ts'
import { countIds } from './quick-ids.ts'
import { createScene } from './scene.ts'
import { hire } from './staff.ts'

export type HistoryOptions = {
  /** All tickets, those of the demo's story with them. */
  tickets: number
  /** Escalations, from hand-off to the end or to now. */
  episodes: number
  from: Instant
  until: Instant
  seed?: number
  /** By which every decision of the history is made; the YAML that the account is to have in force when it is read. */
  policy: string
}

export type History = { state: State; baton: BatonOfThen }

/**
 * The demo company after a year or so of work with Baton: tickets with their audits as Zendesk keeps them, escalations
 * as people sent them and Baton carried them out. The same options always give the same account.
 */
export async function historyState(options: HistoryOptions): Promise<History> {
  const { tickets, episodes, from, until, seed = 7 } = options
  const policy = await readPolicy(options.policy)
  const agenda = createAgenda(from - DAY_MS)
  const world = foundCompany({ clock: agenda.clock, until, seed })
  countIds(world)
  const random = createRandom(seed)
  const staff = hire(world, random)
  const customers = winCustomers(world, Math.round(20 + Math.sqrt(tickets) / 2), random)
  const calendarOf = calendarsIn(world, policy, from, until)
  const hours = createHours({ berlin: calendarOf('berlin'), 'new-york': calendarOf('new-york') })
  const baton = batonOfThen({ ...{ world, agenda, policy, calendarOf }, installation: makeFields(world, policy) })
  const specialistGroups = new Set(specialistGroupsOf(policy))
  const scene = createScene({ ...{ world, agenda, hours, staff, customers, baton, specialistGroups } })

  const planning = { ...{ from, until, seed, staff, customers }, escalations: episodes }
  const written = Math.max(0, tickets - CONVERSATIONS.length)
  const { leavesAt } = changesOfStaff(scene, { from, until })
  for (const plan of planTickets({ ...planning, tickets: written, leavesAt })) {
    const life = () => (plan.escalation ? escalatedLife(scene, plan, calendarOf) : plainLife(scene, plan))
    agenda.at(plan.at, () => agenda.live(plan.at, life()))
  }
  for (const line of conversationLines(world, until)) agenda.at(line.at, line.write)
  await agenda.runUntil(until)
  return { state: world.state, baton }
}

async function readPolicy(yaml: string): Promise<Policy> {
  const checked = await checkPolicy({ yaml })
  if (!checked.ok) throw new Error(`The policy of the history: ${checked.problems[0]!.message}`)
  return checked.policy
}

/** The calendars that the policy names, as a server reads them from the account, and those of the two offices. */
function calendarsIn({ state }: World, policy: Policy, from: Instant, until: Instant) {
  const schedules = listSchedules(state).map((schedule) => ({
    id: String(schedule.id),
    name: schedule.name,
    schedule: { ...schedule, created_at: iso(schedule.created_at), updated_at: iso(schedule.updated_at) },
    holidays: schedule.holidays,
  }))
  const offices = [
    { id: 'berlin', name: 'berlin', from: 'zendesk' as const, zendeskName: 'Berlin office' },
    { id: 'new-york', name: 'new-york', from: 'zendesk' as const, zendeskName: 'New York office' },
  ]
  const wanted = { schedules: [...policy.schedules, ...offices] }
  const { read } = schedulesInZendesk(wanted as Pick<Policy, 'schedules'>, { ok: true, schedules }, [])
  const versions = newVersions([], [...schedulesWritten(policy), ...read], from)
  const { calendarOf } = calendarsFrom(versions, (from + until) / 2)
  if (calendarOf('berlin') === calendarTime) throw new Error('The company has lost its schedules')
  return calendarOf
}
