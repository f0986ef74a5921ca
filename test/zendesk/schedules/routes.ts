import { type RequestHandler, Router } from 'express'
import { allow } from '../http/allow.ts'
import { readId, readRoot } from '../http/parameters.ts'
import { notAllowed, notFound, refuseIfAny } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import type { World } from '../world.ts'
import { intervalProblems, scheduleProblems, sortIntervals } from './check-schedule.ts'
import { findSchedule, listSchedules } from './find.ts'
import { holidayRoutes } from './holiday-routes.ts'
import { type Interval, keepVersion, OFFICE_HOURS, type Schedule } from './schedule.ts'

const PATH = '/api/v2/business_hours/schedules'

/** Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/schedules/ */
export function scheduleRoutes(world: World): Router {
  const router = Router()
  const reading: RequestHandler = (req, res, next) =>
    allow(world, 'schedules', world.state.account.schedules_readable_by ?? 'agent')(req, res, next)
  const writing = allow(world, 'schedules', 'admin')
  router.use(PATH, refusePlan(world))

  router.get(PATH, reading, (_req, res) => {
    res.json({ schedules: listSchedules(world.state).map(presentSchedule), url: `${world.url}${PATH}.json` })
  })

  router.post(PATH, writing, (req, res) => {
    const { name, time_zone } = readRoot(req, 'schedule')
    refuseIfAny(scheduleProblems({ name, time_zone }))
    // Several schedules are a matter of the largest plan.
    if (world.state.account.plan !== 'enterprise' && listSchedules(world.state).length > 0) throw notAllowed()
    const schedule = addSchedule(world, { name: String(name), time_zone: String(time_zone) })
    res
      .status(201)
      .location(`${world.url}${PATH}/${schedule.id}.json`)
      .json({ schedule: presentSchedule(schedule) })
  })

  router.get(`${PATH}/:id`, reading, (req, res) => {
    res.json({ schedule: presentSchedule(existing(readId(req, 'schedules/show'))) })
  })

  router.put(`${PATH}/:id`, writing, (req, res) => {
    const schedule = existing(readId(req, 'schedules/update'))
    const { name = schedule.name, time_zone = schedule.time_zone } = readRoot(req, 'schedule')
    refuseIfAny(scheduleProblems({ name, time_zone }))
    Object.assign(schedule, { name, time_zone })
    keepVersion(schedule, world.clock.now())
    res.json({ schedule: presentSchedule(schedule) })
  })

  router.put(`${PATH}/:id/workweek`, writing, (req, res) => {
    const schedule = existing(readId(req, 'schedules/workweek'))
    const { intervals } = readRoot(req, 'workweek')
    refuseIfAny(intervalProblems(intervals))
    schedule.intervals = sortIntervals(intervals as Interval[])
    keepVersion(schedule, world.clock.now())
    res.json({ workweek: { intervals: schedule.intervals } })
  })

  router.delete(`${PATH}/:id`, writing, (req, res) => {
    existing(readId(req, 'schedules/destroy')).deleted = true
    res.status(204).end()
  })

  router.use(holidayRoutes(world, PATH, { reading, writing }))
  return router

  function existing(id: number): Schedule {
    const schedule = findSchedule(world.state, id)
    if (!schedule) throw notFound()
    return schedule
  }
}

/** A schedule with office hours, unless it is given others. */
export function addSchedule(
  world: World,
  { name, time_zone, intervals = OFFICE_HOURS }: Pick<Schedule, 'name' | 'time_zone'> & { intervals?: Interval[] },
): Schedule {
  const now = world.clock.now()
  const id = world.nextId('schedule')
  const schedule: Schedule = {
    ...{ id, name, time_zone, intervals: structuredClone(intervals), holidays: [], versions: [] },
    ...{ created_at: now, updated_at: now },
  }
  keepVersion(schedule, now)
  world.state.schedules[id] = schedule
  return schedule
}

function presentSchedule({ id, name, time_zone, created_at, updated_at, intervals }: Schedule) {
  return { id, name, time_zone, created_at: iso(created_at), updated_at: iso(updated_at), intervals }
}

/** Business hours are not in the smallest plan. */
function refusePlan(world: World): RequestHandler {
  return (_req, _res, next) => {
    if (world.state.account.plan === 'team') throw notAllowed()
    next()
  }
}
