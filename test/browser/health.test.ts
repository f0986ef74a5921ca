import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticesFor } from '../../core/notice/notices-for.ts'
import { keepFindings } from '../../server/clocks/findings.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { settle } from '../../server/notify/rows.ts'
import { storeNotices } from '../../server/notify/store.ts'
import { anEscalation, aSetting } from '../core/notice/notices.ts'
import { aPolicy } from '../core/policy/policies.ts'
import { type AServer, startServer } from '../server/http/a-server.ts'
import { launchChromium } from '../support/chromium.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let server: AServer
let browser: Browser
beforeAll(async () => {
  database = await createTestDatabase()
  server = await startServer(database.url)
  browser = await launchChromium()
  const since = server.clock.now()
  await inAccount(server.db, server.account.id, (tx) =>
    keepFindings(tx, server.account.id, [
      { kind: 'overdue', escalationId: 'ESC-2026-000007', what: null, since, foundAt: since },
    ]),
  )
  await failToTell(since)
})

/** A notice that failed, with a reason as long as reasons are. */
async function failToTell(now: number): Promise<void> {
  const { escalation, requested } = anEscalation()
  const policy = aPolicy('  notifications: { send: [{ kind: handoff, over: slack }] }\n')
  const notices = noticesFor(requested, escalation, policy, aSetting({ now }))
  await inAccount(server.db, server.account.id, async (tx) => {
    await storeNotices(tx, server.jobs, notices, { accountId: server.account.id, now })
    await settle(tx, notices, { state: 'failed', why: 'not_allowed_token_type_for_this_channel' }, now)
  })
}
afterAll(async () => {
  await browser.close()
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

describe('the health page', () => {
  it.each([
    ['light', 1280, 'rgb(255, 255, 255)'],
    ['dark', 1280, 'rgb(17, 24, 39)'],
    ['light', 320, 'rgb(255, 255, 255)'],
    ['dark', 320, 'rgb(17, 24, 39)'],
  ] as const)('has its own style and nothing axe objects to, in %s at %i px', async (colorScheme, width, paper) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`${server.url}/health`)
    expect(await page.getByRole('rowheader', { name: 'ESC-2026-000007' }).count()).toBe(1)
    expect(await page.getByRole('region', { name: 'To look at' }).textContent()).toContain('baton notices retry ID')
    const failed = page.getByRole('region', { name: 'Notices that failed last' })
    expect(await failed.getByRole('rowheader', { name: 'ESC-2026-000001' }).count()).toBe(1)
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(paper)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)).toEqual([])
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
    await context.close()
  })
})
