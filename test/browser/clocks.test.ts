import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { expect as see } from 'playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../core/units.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { launchChromium } from '../support/chromium.ts'
import { createRunningClock } from '../support/clock.ts'
import { policyFile } from '../support/policy-file.ts'
import { type Desk, startDesk } from './desk.ts'

const POLICY = `${readPreset('three-tier')}
  schedules:
    - id: berlin
      name: Berlin office
      timezone: Europe/Berlin
      weekly: { mon: [["09:00","17:00"]], tue: [["09:00","17:00"]], fri: [["09:00","17:00"]] }
      holidays: [{ date: 2027-03-08, name: Founders' day }]
  clocks: { schedule: berlin }
  auto_escalation: { at: [], clocks: [] }
`
/** A Friday, 10:00 in Berlin: the browser's own clock is elsewhere. */
const FRIDAY = Date.parse('2027-03-05T09:00:00Z')

let browser: Browser
let desk: Desk
let clock: ReturnType<typeof createRunningClock>

beforeAll(async () => {
  browser = await launchChromium()
  clock = createRunningClock(FRIDAY - Date.now())
  desk = await startDesk(browser, { clock, config: { policyFile: policyFile(POLICY) } })
})
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]()
  await browser?.close()
})

describe('the clocks in the sidebar', () => {
  it.each([
    [280, 'light'],
    [320, 'dark'],
    [400, 'light'],
  ] as const)('have nothing axe objects to, explained or not, at %i px in %s', async (width, colorScheme) => {
    const { page, sidebar, clocks } = await escalated({ width, colorScheme })
    expect(await violations(page)).toEqual([])
    await sidebar.text(/more clocks$/).click()
    await clocks.getByRole('button', { name: /^Why then\? Resolution clock, L2/ }).click()
    await see(sidebar.text(/^The tier 2 resolution clock is due/)).toBeVisible()
    await see(sidebar.text("Founders' day")).toBeVisible()
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })

  it('can be explained with the keyboard alone, and the focus stays where it was', async () => {
    const { page, clocks } = await escalated()
    const why = clocks.getByRole('button', { name: /^Why then\?/ }).first()
    await why.focus()
    await page.keyboard.press('Enter')
    await see(clocks.getByRole('region', { name: /^Why then/ })).toBeVisible()
    await see(why).toBeFocused()
    await see(why).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('Enter')
    await see(clocks.getByRole('region', { name: /^Why then/ })).toHaveCount(0)
    await page.context().close()
  })

  it('follow the server’s clock when that is moved, and tell a breach at once', async () => {
    const { page, sidebar, clocks } = await escalated()
    await see(clocks).toContainText('First response clock, L2')
    await see(clocks).toContainText('2 h left')

    await clock.advance(95 * MINUTE_MS)
    await look(page)
    await see(clocks).toContainText('25 min left')
    await see(sidebar.frame.locator('[aria-live="polite"]', { hasText: 'First response clock, L2: 25%' })).toHaveCount(
      1,
    )

    await clock.advance(HOUR_MS)
    await look(page)
    await see(sidebar.frame.locator('[aria-live="assertive"]')).toHaveText('First response clock, L2: breached.')
    await see(clocks).toContainText('breached +35 min')
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })
})

/** A ticket that Ana has just escalated to tier 2. */
async function escalated(options: Parameters<Desk['open']>[1] = {}) {
  const { page, sidebar } = await desk.open(desk.newTicket(), options)
  await sidebar.field('Steps taken').fill('Verified the metadata\nConsulted runbook SSO-003, no matching resolution')
  await sidebar.field('Reason for escalation').fill('Requires backend investigation of SAML certificate caching')
  await sidebar.field('Suggested next step').fill('Check if the platform is caching the old certificate')
  await sidebar.button(/^Escalate to/).click()
  await see(sidebar.heading(/^Escalated to L2/)).toBeVisible()
  return { page, sidebar, clocks: sidebar.frame.getByRole('region', { name: 'Clocks' }) }
}

/** The agent comes back to the page, which asks the server again. */
async function look(page: Page): Promise<void> {
  await frameOf(page).evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
}

/** What axe objects to inside the app's frame: rule and place. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('iframe[title*="Baton"]').analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' › ')}`))
}

/** How many pixels the app is wider than its frame. */
async function overflow(page: Page): Promise<number> {
  return frameOf(page).evaluate(() =>
    Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  )
}

function frameOf(page: Page) {
  return page.frames().find((one) => one !== page.mainFrame() && one.url().includes('/assets/'))!
}
