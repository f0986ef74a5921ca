import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepFindings } from '../../server/clocks/findings.ts'
import { inAccount } from '../../server/db/in-account.ts'
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
})
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
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(paper)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)).toEqual([])
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([])
    await context.close()
  })
})
