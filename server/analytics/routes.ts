import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { isZone } from '../../core/clock/zones.ts'
import type { Backlog, Load, Report, ReportTickets } from '../../core/contract/report.ts'
import { Instant, ReportRequest, ReportTicketsRequest } from '../../core/contract/report.ts'
import { type Hours, ShapeRequest, type Spread } from '../../core/contract/shape.ts'
import { reportCsv } from '../../core/metrics/csv.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { Refusal } from '../http/refusal.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { backlogAt, loadOf } from './backlog.ts'
import { createKeptReports } from './kept-reports.ts'
import type { ReportSetting } from './report.ts'
import { reportTickets } from './report-tickets.ts'
import { hoursOf, spreadOf } from './shapes.ts'

export type ReportDeps = { db: Database; clock: Clock; calendars: Calendars }

/** Reports of the page, below its sign-in: whose account it is stands in `res.locals.account`. */
export function reportRoutes({ db, clock, calendars }: ReportDeps): Router {
  const router = Router()
  const kept = createKeptReports()

  router.get('/desk/reports', async (req, res) => {
    res.json((await kept.of(asked(ReportRequest, req), await settingOf(res))) satisfies Report)
  })

  router.get('/desk/reports.csv', async (req, res) => {
    const report = await kept.of(asked(ReportRequest, req), await settingOf(res))
    res.set('content-disposition', `attachment; filename="report-${report.window.from.slice(0, 10)}.csv"`)
    res.type('text/csv').send(reportCsv(report))
  })

  router.get('/desk/reports/tickets', async (req, res) => {
    res.json((await reportTickets(asked(ReportTicketsRequest, req), await settingOf(res))) satisfies ReportTickets)
  })

  router.get('/desk/spread', async (req, res) => {
    res.json((await spreadOf(asked(ShapeRequest, req), await settingOf(res))) satisfies Spread)
  })

  router.get('/desk/hours', async (req, res) => {
    res.json((await hoursOf(asked(ShapeRequest, req), await settingOf(res))) satisfies Hours)
  })

  router.get('/desk/backlog', async (req, res) => {
    const { at } = z.strictObject({ at: Instant.optional() }).parse({ ...req.query })
    const setting = await settingOf(res)
    res.json((await backlogAt(at === undefined ? setting.now : Date.parse(at), setting)) satisfies Backlog)
  })

  router.get('/desk/load', async (req, res) => {
    const given = z.strictObject({ from: Instant, to: Instant }).parse({ ...req.query })
    const window = { from: Date.parse(given.from), to: Date.parse(given.to) }
    if (window.from >= window.to) throw refused('to', 'Must lie after `from`')
    res.json((await loadOf(window, await settingOf(res))) satisfies Load)
  })

  return router

  async function settingOf(res: Response): Promise<ReportSetting> {
    const accountId: number = res.locals.account.id
    const now = clock.now()
    const policy = await policyFor(db, accountId, null, now)
    return { db, accountId, policy, calendars: await calendars.of(accountId), now }
  }
}

/** The question as JSON in `q`. @throws {Refusal | ZodError} 422 */
function asked<S extends z.ZodType<{ from: string; to: string; zone: string }>>(schema: S, req: Request): z.output<S> {
  const question = schema.parse(readJson(req.query.q))
  if (Date.parse(question.from) >= Date.parse(question.to)) throw refused('to', 'Must lie after `from`')
  if (!isZone(question.zone)) throw refused('zone', 'Must be a time zone such as Europe/Berlin')
  return question
}

function readJson(text: unknown): unknown {
  if (typeof text !== 'string') throw refused('q', 'Give the question as JSON')
  try {
    return JSON.parse(text)
  } catch {
    throw refused('q', 'Is not JSON')
  }
}

function refused(path: string, message: string): Refusal {
  return new Refusal(422, 'invalid', 'Some values are not as they must be.', [{ path, message }])
}
