import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ArticleDebtResponse,
  DeflectionResponse,
  PatternResponse,
  PatternsResponse,
} from '../../../core/contract/knowledge.ts'
import type { PastCase } from '../../../core/similar/past-case.ts'
import { DAY_MS, HOUR_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { answerErrors } from '../../../server/http/errors.ts'
import { knowledgeRoutes } from '../../../server/knowledge/routes.ts'
import { settleDebt } from '../../../server/knowledge/settle-debt.ts'
import { writeCases } from '../../../server/similar/keep-cases.ts'
import { runBaton } from '../cli/run-baton.ts'
import { type ARecord, startRecord } from '../review/a-record.ts'

const NOW = Date.now()
const id = (number: number) => `ESC-2026-${String(number).padStart(6, '0')}`
const ARTICLE = 'https://northwind.zendesk.com/hc/en-us/articles/77-Renew'

/** Resolved so many days ago, after a day. */
function aPastCase(number: number, daysAgo: number, overrides: Partial<PastCase> = {}): PastCase {
  const resolvedAt = NOW - daysAgo * DAY_MS
  return {
    ...{ escalationId: id(number), ticketId: number, summary: 'SSO login fails', body: '', errors: '' },
    ...{ component: 'sso', category: null, severity: 'P2', tier: 2, queue: 'identity', code: 'configuration' },
    ...{ rootCause: 'The certificate of the identity provider had expired', fix: 'Uploaded the new certificate' },
    ...{ article: 'not_needed', articleUrl: null, couldBeLower: true, resolvedBy: 'Elif Aydin' },
    ...{ requestedAt: resolvedAt - DAY_MS, resolvedAt },
    ...overrides,
  }
}

const BILLING = { component: 'billing', summary: 'Charged twice', rootCause: 'Two subscriptions for the same seats' }

let record: ARecord
let url: string
let close: () => void
beforeAll(async () => {
  record = await startRecord('', new Date(NOW).toISOString())
  const { accountId, deps } = record
  const sso = [60, 50, 40, 30].map((daysAgo, index) => aPastCase(index + 1, daysAgo))
  const billing = [45, 35, 25, 15].map((daysAgo, index) =>
    aPastCase(index + 11, daysAgo, { ...BILLING, ...(index === 3 || index === 1 ? { articleUrl: ARTICLE } : {}) }),
  )
  await inAccount(deps.db, accountId, async (tx) => {
    await writeCases(tx, accountId, [...sso, ...billing, aPastCase(21, 20)])
    const stay = { queue: 'identity', standing: 'with-tier' as const, account_id: accountId, part: 0, tier: 2 }
    for (const { escalationId, ticketId, requestedAt } of [...sso, ...billing]) {
      const from = { requested_at: requestedAt, from_at: requestedAt, to_at: requestedAt + 5 * HOUR_MS }
      await tx
        .insertInto('measure_stay')
        .values({ ...stay, ticket_id: ticketId, escalation_id: escalationId, ...from })
        .execute()
    }
    const nobody = { updated_at: NOW, generated_at: NOW, subject: '', status: 'closed', channel: 'email', read_at: NOW }
    await tx
      .insertInto('zendesk_ticket')
      .values({
        ...{ account_id: accountId, ticket_id: 21, created_at: NOW, ...nobody, tags: [], fields: '{}' },
        standing: 'merged',
      })
      .execute()
    await tx
      .insertInto('zendesk_article')
      .values({
        ...{ account_id: accountId, article_id: 77, title: 'Renew', url: ARTICLE, locale: 'en-us', is_draft: false },
        ...{ labels: [], created_at: NOW - 40 * DAY_MS, updated_at: NOW, is_gone: false, read_at: NOW },
      })
      .execute()
    await tx
      .insertInto('same_problem')
      .values({
        ...{ account_id: accountId, ticket_id: 99, command_id: 'x', escalation_id: id(1), stopped: true },
        ...{ by_id: 1, by_name: 'Ana', at: NOW - 5 * DAY_MS },
      })
      .execute()
    await tx
      .insertInto('article_debt')
      .values({
        ...{ account_id: accountId, escalation_id: id(11), ticket_id: 11, why: 'drafted', owner: 'Elif Aydin' },
        ...{ since: NOW - 45 * DAY_MS, due_at: NOW - 40 * DAY_MS },
      })
      .execute()
  })
  const app = express()
  app.use((_req, res, next) => {
    Object.assign(res.locals, { account: { id: accountId }, person: { name: 'Lea' } })
    next()
  })
  app.use(knowledgeRoutes({ ...deps, jobs: { enqueueAll: async () => {} } }))
  app.use(answerErrors(pino({ level: 'silent' })))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => server.close()
})
afterAll(async () => {
  close?.()
  await record?.[Symbol.asyncDispose]()
})

const get = async (path: string) => (await fetch(url + path)).json()
const day = (daysAgo: number) => new Date(NOW - daysAgo * DAY_MS).toISOString()

describe('GET /desk/patterns', () => {
  it('lists what was solved the same way, without merged tickets, and opens to its escalations', async () => {
    const { patterns, cases, single } = PatternsResponse.parse(await get('/desk/patterns'))
    expect(patterns.map(({ id: first, component, count }) => [first, component, count])).toEqual([
      [id(1), 'sso', 4],
      [id(11), 'billing', 4],
    ])
    expect([cases, single]).toEqual([8, 0])
    const one = PatternResponse.parse(await get(`/desk/patterns/${id(11)}`))
    expect(one.escalations.map(({ ticketId }) => ticketId)).toEqual([14, 13, 12, 11])
    expect(one.articles).toMatchObject([{ url: ARTICLE, count: 2 }])
    expect((await fetch(`${url}/desk/patterns/${id(99)}`)).status).toBe(404)
  })
})

describe('GET /desk/deflection', () => {
  it('is hours with an interval, less what an article in use covers, and what is left out', async () => {
    const query = new URLSearchParams({ from: day(90), to: day(0) })
    const answer = DeflectionResponse.parse(await get(`/desk/deflection?${query}`))
    expect(answer).toMatchObject({ episodes: 8, stops: 1, excluded: [{ why: 'merged', count: 1 }] })
    // Four of five hours each, all resolvable lower; Wilson of 4 of 4 is 0.510 to 1.
    expect(answer.hours.value).toBeCloseTo(20)
    expect(answer.hours.low).toBeCloseTo(20 * 0.5101, 1)
    expect(answer.coveredHours.value).toBeCloseTo(20)
    expect(answer.opportunities.map(({ patternId, coveredBy }) => [patternId, coveredBy?.title ?? null])).toEqual([
      [id(1), null],
      [id(11), 'Renew'],
    ])
    expect(answer.toWrite).toEqual([id(1)])
    expect(answer.shares.repeat).toMatchObject({ hits: 6, n: 8 })
    expect(answer.audit.sample.every(({ told, verdict }) => told === 'lower' && verdict === null)).toBe(true)
    expect(answer.assumptions.length).toBeGreaterThan(5)
  })

  it('is nothing where nothing was resolved, and is refused backwards', async () => {
    const answer = DeflectionResponse.parse(
      await get(`/desk/deflection?${new URLSearchParams({ from: day(400), to: day(300) })}`),
    )
    expect(answer).toMatchObject({ episodes: 0, hours: { value: 0 }, opportunities: [] })
    expect(answer.shares.any).toEqual({ hits: 0, n: 0, share: null, interval: null })
    const backwards = new URLSearchParams({ from: day(0), to: day(1) })
    expect((await fetch(`${url}/desk/deflection?${backwards}`)).status).toBe(422)
  })
})

describe('article debt', () => {
  it('is what was promised, and what is known but written nowhere, with owner and age', async () => {
    const { debts, open, overdue } = ArticleDebtResponse.parse(await get('/desk/article-debt'))
    expect(debts.map(({ why, escalationId, owner, isOverdue }) => [why, escalationId, owner, isOverdue])).toEqual([
      ['drafted', id(11), 'Elif Aydin', true],
      ['pattern', id(4), 'Elif Aydin', true],
    ])
    expect(debts[0]).toMatchObject({ ageDays: 45, pattern: { id: id(11) } })
    expect([open, overdue]).toEqual([2, 2])
  })

  it('is settled with an article, once', async () => {
    const settle = (body: object) =>
      fetch(`${url}/desk/article-debt/${id(11)}/settle`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await settle({})).status).toBe(422)
    expect((await settle({ url: ARTICLE })).status).toBe(200)
    expect((await settle({ url: ARTICLE })).status).toBe(404)
    const { debts } = ArticleDebtResponse.parse(await get('/desk/article-debt?all=true'))
    expect(debts.at(-1)).toMatchObject({ settled: { how: 'linked', by: 'Lea' }, articleUrl: ARTICLE })
    const again = { how: 'not-needed', by: 'x', url: null, reason: 'y', at: NOW } as const
    expect(await inAccount(record.deps.db, record.accountId, (tx) => settleDebt(tx, id(11), again))).toBe(false)
  })

  it('comes again for a pattern whose article is gone, which covers nothing then', async () => {
    const { db } = record.deps
    const goes = (is_gone: boolean) =>
      inAccount(db, record.accountId, (tx) => tx.updateTable('zendesk_article').set({ is_gone }).execute())
    await goes(true)
    const { debts } = ArticleDebtResponse.parse(await get('/desk/article-debt'))
    const query = new URLSearchParams({ from: day(90), to: day(0) })
    const { toWrite, coveredHours } = DeflectionResponse.parse(await get(`/desk/deflection?${query}`))
    await goes(false)
    expect(debts.map(({ why, escalationId }) => [why, escalationId])).toEqual([
      ['pattern', id(4)],
      ['pattern', id(14)],
    ])
    expect(toWrite.toSorted()).toEqual([id(1), id(11)])
    expect(coveredHours.value).toBe(0)
  })
})

describe('baton', () => {
  it('prints debt and deflection, and keeps the verdict of an audit', async () => {
    const env = {
      ...{ ZENDESK_SUBDOMAIN: 'local', ZENDESK_URL: 'http://localhost:1', ZENDESK_CLIENT_ID: 'baton' },
      ...{ ZENDESK_CLIENT_SECRET: 'secret', BATON_PUBLIC_URL: 'http://localhost:9', DATABASE_URL: record.url },
      BATON_KEY: randomBytes(32).toString('base64'),
    }
    const baton = (...args: string[]) => runBaton(args, env)
    const month = day(15).slice(0, 7)
    const [debt, deflection, marked] = await Promise.all([
      baton('knowledge', 'debt'),
      baton('deflection'),
      baton('deflection', 'audit', '--month', month, '--mark', id(14), '--verdict', 'lower', '--by', 'Lea'),
    ])
    expect(debt.printed).toMatch(/known, not captured +Elif Aydin/)
    expect(deflection.printed).toMatch(/: 20 \(10–20\) hours of specialists/)
    expect(deflection.printed).toMatch(/ESC-2026-000001 .*TO WRITE/)
    expect(marked.printed).toMatch(/agree: 100 % .*1 of 1/)
  })
})
