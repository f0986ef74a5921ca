import { Router } from 'express'
import type { Now } from '../../core/contract/now.ts'
import { inOrderOfPressure, nowRow } from '../../core/now/now.ts'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import { createKeptAnswers } from '../api/kept-answers.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { DeskSession } from '../desk/session.ts'
import { policyFor } from '../observe/policy-for.ts'
import { openTickets } from '../review/read-record.ts'
import type { Calendars } from '../schedules/calendars.ts'

export type NowDeps = { db: Database; clock: Clock; calendars: Calendars }

/** Many look at once, and again every half minute; they see the same for so long. */
const KEPT_MS = 5 * SECOND_MS
const MOST_KEPT = 100

/** GET /desk/now: every open escalation that needs somebody, and what to do first. */
export function nowRoutes(deps: NowDeps): Router {
  const router = Router()
  const kept = createKeptAnswers<Now>(deps.clock, KEPT_MS, MOST_KEPT)

  router.get('/desk/now', async (_req, res) => {
    const { account } = res.locals as DeskSession
    res.json(await kept.get(`${account.id}`, () => readNow(account.id, deps)))
  })

  return router
}

async function readNow(accountId: number, { db, clock, calendars }: NowDeps): Promise<Now> {
  const now = clock.now()
  const { reviews: settings, queueById } = await policyFor(db, accountId, null, now)
  const { calendarOf } = await calendars.of(accountId)
  const states = await inAccount(db, accountId, openTickets)
  const queueName = (id: string) => queueById[id]?.name ?? id
  const rows = states.flatMap((state) => nowRow(state, { now, calendarOf, settings, queueName }) ?? [])
  return { asOf: new Date(now).toISOString(), open: states.length, rows: inOrderOfPressure(rows) }
}
