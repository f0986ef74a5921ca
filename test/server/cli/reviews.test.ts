import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../core/units.ts'
import { type ARecord, startRecord } from '../review/a-record.ts'
import { runBaton } from './run-baton.ts'

let record: ARecord
let baton: (...args: string[]) => ReturnType<typeof runBaton>
beforeAll(async () => {
  record = await startRecord()
  const env = {
    ...{ ZENDESK_SUBDOMAIN: 'local', ZENDESK_URL: 'http://localhost:1', ZENDESK_CLIENT_ID: 'baton' },
    ...{ ZENDESK_CLIENT_SECRET: 'secret', BATON_PUBLIC_URL: 'http://localhost:9', DATABASE_URL: record.url },
    BATON_KEY: randomBytes(32).toString('base64'),
  }
  baton = (...args) => runBaton(['reviews', ...args], env)
  // The command line has the machine's clock.
  const longAgo = Date.now() - 40 * DAY_MS
  await record.keep(1, { stage: 'investigating', requestedAt: longAgo, stageSince: longAgo })
})
afterAll(() => record?.[Symbol.asyncDispose]())

describe('baton reviews', () => {
  it('prints the agenda, holds the review and records what it decided', async () => {
    const looked = await baton('weekly')
    expect(looked.said).toBe('')
    expect(looked.printed).toMatch(/1 open, 1 to talk about/)
    expect(looked.printed).toMatch(/ESC-2026-000001 +#1 +P2 +L2 investigating +NOBODY +new +no progress reported for /)

    const early = await baton('decide', 'ESC-2026-000001', '--decision', 'raise')
    expect([early.code, early.said]).toEqual([1, expect.stringContaining('baton reviews weekly --keep')])

    expect((await baton('weekly', '--keep', '--markdown')).printed).toMatch(/^# Backlog review \d{4}-W\d\d\n/)
    const decided = await baton('decide', 'ESC-2026-000001', '--decision', 'raise', '--by', 'Eva', '--note', 'to L3')
    expect(decided.printed).toMatch(/^ESC-2026-000001: raise, recorded for \d{4}-W\d\d\.\n$/)
    expect(JSON.parse((await baton('weekly', '--json')).printed).items[0].decided).toMatchObject({ by: 'Eva' })
  })

  it('refuses a decision that is none, and a month that is none', async () => {
    const [decision, month] = await Promise.all([
      baton('decide', 'ESC-2026-000001', '--decision', 'forget'),
      baton('monthly', '--month', '2026-13'),
    ])
    expect(decision.said).toMatch(/forget.*keep, raise, de-escalate, drop, note/s)
    expect(month.said).toContain('Write a month such as 2026-03.')
    expect([decision.code, month.code]).toEqual([1, 1])
  })

  it('prints reasons and reviews after escalations, and says when one calls for none', async () => {
    const [monthly, list, none] = await Promise.all([
      baton('monthly', '--month', '2020-01'),
      baton('post'),
      baton('post', 'ESC-2026-000001', '--well', 'x'),
    ])
    expect(monthly.printed).toContain('# Why tickets were escalated in 2020-01')
    expect(list.printed).toContain('No escalation that has ended calls for a review.')
    expect(none.said).toContain('ESC-2026-000001 calls for no review')
  })
})
