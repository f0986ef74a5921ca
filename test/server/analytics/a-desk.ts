import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type {
  MeasureId,
  Report,
  ReportRequest,
  ReportTickets,
  ReportTicketsRequest,
} from '../../../core/contract/report.ts'
import { reportRoutes } from '../../../server/analytics/routes.ts'
import { answerErrors } from '../../../server/http/errors.ts'
import type { TestWorld } from '../../support/world.ts'

/** The page's reports, asked over HTTP by somebody who is signed in. */
export type Desk = AsyncDisposable & {
  get(path: string): Promise<Response>
  report(request: Partial<ReportRequest> & { measures: MeasureId[] }): Promise<Report>
  tickets(request: Partial<ReportTicketsRequest> & { measure: MeasureId }): Promise<ReportTickets>
  /** Measures everything that is to measure. */
  measure(): Promise<void>
}

const WINDOW = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }

export async function aDesk({ context }: Pick<TestWorld, 'context'>): Promise<Desk> {
  const app = express()
  app.use((_req, res, next) => {
    res.locals.account = context.account
    next()
  })
  app.use(reportRoutes(context))
  app.use(answerErrors(context.log))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  const get = (path: string) => fetch(`http://localhost:${port}${path}`)
  return {
    get,
    report: (request) => answer<Report>('/desk/reports', { ...WINDOW, ...request }),
    tickets: (request) => answer<ReportTickets>('/desk/reports/tickets', { ...WINDOW, ...request }),
    async measure() {
      while ((await context.measurer.pass()) > 0);
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve))
    },
  }

  async function answer<T>(path: string, question: object): Promise<T> {
    const response = await get(`${path}?q=${encodeURIComponent(JSON.stringify(question))}`)
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}
