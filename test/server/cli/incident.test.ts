import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  baton = (...args) => runBaton(['incident', ...args], env)
  await record.keep(1, { stage: 'investigating' })
})
afterAll(() => record?.[Symbol.asyncDispose]())

describe('baton incident', () => {
  it('begins one, shows it, tells its tickets and closes it', async () => {
    expect((await baton('list')).printed).toBe('No major incident is open.\n')
    const opened = await baton('open', '--ticket', '1', '--title', 'Logins fail', '--by', 'Eva')
    const [id] = /INC-\d{4}-0001/.exec(opened.printed)!
    expect((await baton('list')).printed).toMatch(new RegExp(`${id} +P2 +1 +not made yet .* open +Logins fail`))
    expect((await baton('update', id!, '--text', 'Restarting', '--by', 'Eva')).printed).toBe(
      'Update 1: tickets 1, customers 0.\n',
    )
    expect((await baton('show', id!)).printed).toMatch(/#1 +ESC-2026-000001 +investigating .* Eva\n.*Restarting/s)
    const early = await baton('close', id!, '--closing', 'Over')
    expect([early.code, early.said]).toEqual([
      1,
      expect.stringMatching(/#1 \(ESC-2026-000001\) is not resolved.*--force/),
    ])
    expect((await baton('close', id!, '--closing', 'Over', '--force')).printed).toBe(`${id} is closed.\n`)
  })

  it('says what is wrong with what it was asked', async () => {
    const [ticket, unknown, number] = await Promise.all([
      baton('open', '--ticket', '99'),
      baton('show', 'INC-1999-0001'),
      baton('open', '--ticket', 'seven'),
    ])
    expect(ticket.said).toContain('Ticket 99 has no open escalation. Escalate it first.')
    expect(unknown.said).toContain('There is no incident INC-1999-0001.')
    expect(number.said).toContain('Write the number of a ticket')
  })
})
