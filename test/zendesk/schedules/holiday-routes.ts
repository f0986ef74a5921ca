import { type Request, type RequestHandler, Router } from 'express'
import { readId, readRoot } from '../http/parameters.ts'
import { badParameter, notFound, refuseIfAny } from '../http/refused.ts'
import type { World } from '../world.ts'
import { type HolidayInput, holidayProblems, isDate } from './check-schedule.ts'
import { findSchedule } from './find.ts'
import { type Holiday, keepVersion, type Schedule } from './schedule.ts'

type Rights = { reading: RequestHandler; writing: RequestHandler }

/** The holidays of one schedule, and no more than that schedule's. */
export function holidayRoutes(world: World, schedulesPath: string, { reading, writing }: Rights): Router {
  const router = Router()
  const path = `${schedulesPath}/:schedule_id/holidays`

  router.get(path, reading, (req, res) => {
    const { holidays } = scheduleIn(req, 'holidays/index')
    const from = dateIn(req, 'start_date') ?? '0000-00-00'
    const to = dateIn(req, 'end_date') ?? '9999-99-99'
    const rows = holidays.filter(({ start_date, end_date }) => start_date >= from && end_date <= to)
    res.json({ holidays: rows, url: `${world.url}${req.path}.json` })
  })

  router.post(path, writing, (req, res) => {
    const schedule = scheduleIn(req, 'holidays/create')
    const holiday = addHoliday(world, schedule, readRoot(req, 'holiday'))
    res.status(201).json({ holiday })
  })

  router.get(`${path}/:id`, reading, (req, res) => {
    res.json({ holiday: holidayIn(req, scheduleIn(req, 'holidays/show')) })
  })

  router.put(`${path}/:id`, writing, (req, res) => {
    const schedule = scheduleIn(req, 'holidays/update')
    const holiday = holidayIn(req, schedule)
    const wanted = { ...holiday, ...readRoot(req, 'holiday'), id: holiday.id }
    refuseIfAny(holidayProblems(wanted, world.clock.now()))
    const { name, start_date, end_date } = wanted
    Object.assign(holiday, { name, start_date, end_date })
    changed(schedule)
    res.json({ holiday })
  })

  router.delete(`${path}/:id`, writing, (req, res) => {
    const schedule = scheduleIn(req, 'holidays/destroy')
    const { id } = holidayIn(req, schedule)
    schedule.holidays = schedule.holidays.filter((holiday) => holiday.id !== id)
    changed(schedule)
    res.status(204).end()
  })

  return router

  function scheduleIn(req: Request, endpoint: string): Schedule {
    const schedule = findSchedule(world.state, readId(req, endpoint, 'schedule_id'))
    if (!schedule) throw notFound()
    return schedule
  }

  function holidayIn(req: Request, schedule: Schedule): Holiday {
    const id = readId(req, 'holidays/show')
    const holiday = schedule.holidays.find((one) => one.id === id)
    if (!holiday) throw notFound()
    return holiday
  }

  function changed(schedule: Schedule): void {
    sortHolidays(schedule)
    keepVersion(schedule, world.clock.now())
  }
}

/** @throws {Refused} 422 when it is none that Zendesk takes */
export function addHoliday(world: World, schedule: Schedule, input: HolidayInput): Holiday {
  const now = world.clock.now()
  refuseIfAny(holidayProblems(input, now))
  const { name, start_date, end_date } = input as Omit<Holiday, 'id'>
  const holiday = { id: world.nextId('holiday'), name, start_date, end_date }
  schedule.holidays.push(holiday)
  sortHolidays(schedule)
  keepVersion(schedule, now)
  return holiday
}

function sortHolidays(schedule: Schedule): void {
  schedule.holidays.sort((a, b) => a.start_date.localeCompare(b.start_date) || a.id - b.id)
}

function dateIn(req: Request, name: string): string | null {
  const given = req.query[name]
  if (given === undefined) return null
  if (!isDate(given)) throw badParameter(name, 'api/v2/holidays/index', 'a date')
  return given
}
