import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Frame, Page } from 'playwright'
import { expect as see } from 'playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentOf } from '../support/agent.ts'
import { launchChromium } from '../support/chromium.ts'
import { aNote } from '../support/notes.ts'
import { type Desk, startDesk } from './desk.ts'

const TABS = ['Now', 'Trends', 'SLA', 'Engineering', 'People', 'Deflection', 'Reviews', 'Briefing']

let browser: Browser
let desk: Desk
let ticketId: number

beforeAll(async () => {
  browser = await launchChromium()
  desk = await startDesk(browser)
  for (const subject of ['SSO login fails intermittently', 'Exports are empty']) {
    ticketId = desk.newTicket({ subject }).id
    await agentOf(desk.zendesk, 'Ana').send(ticketId, aNote({ issue: { summary: subject } }))
  }
})
afterAll(async () => {
  // Pages that look again by themselves would keep the servers from stopping.
  await browser?.close()
  await desk?.[Symbol.asyncDispose]()
})

describe('the page in the navigation bar', () => {
  it('is gone through by keyboard alone, and back again', async () => {
    const { page, frame } = await openPage()
    await see(frame.getByRole('heading', { name: 'What needs somebody now' })).toBeVisible()
    for (const tab of TABS) {
      const link = frame.getByRole('navigation').getByRole('link', { name: tab, exact: true })
      await link.focus()
      await page.keyboard.press('Enter')
      await see(link).toHaveAttribute('aria-current', 'page')
      if (tab !== 'Now') await see(frame.getByRole('main')).toBeFocused()
    }
    await frame.evaluate(() => history.back())
    await see(frame.getByRole('link', { name: 'Reviews', exact: true })).toHaveAttribute('aria-current', 'page')
    await page.context().close()
  })

  it('leads from what presses to its ticket in Zendesk', async () => {
    const { page, frame } = await openPage()
    await see(frame.getByText('Exports are empty')).toBeVisible({ timeout: 30_000 })
    await frame.getByRole('link', { name: `Accept or return: ticket #${ticketId}` }).press('Enter')
    await page.waitForURL(`**/agent/tickets/${ticketId}`)
    await page.context().close()
  })

  it('leads from a figure to its tickets, with what was asked in the address', async () => {
    const { page, frame } = await openPage()
    await frame.evaluate(() => {
      location.hash = '#/trends?weeks=4'
    })
    await frame.getByRole('link', { name: 'Tickets: Escalations', exact: true }).first().press('Enter')
    await see(frame.getByRole('heading', { name: 'What it is made of: Escalations' })).toBeVisible()
    await see(frame.getByRole('link', { name: `#${ticketId}` })).toBeVisible()
    expect(await frame.evaluate(() => location.hash)).toBe('#/trends?weeks=4&list=escalations')
    await page.context().close()
  })

  it.each([
    [1280, 'light', ['SLA', 'Engineering', 'People', 'Deflection', 'Briefing']],
    [400, 'dark', ['Now', 'Trends', 'Reviews']],
  ] as const)('has nothing axe objects to, and scrolls one way, at %i px in %s', async (width, colorScheme, tabs) => {
    const { page, frame } = await openPage(width, colorScheme)
    for (const tab of tabs) {
      await frame.evaluate((name) => {
        location.hash = `#/${name.toLowerCase()}`
      }, tab)
      await see(frame.locator('[aria-current="page"]')).toHaveText(tab)
      await see(frame.locator('[aria-busy="true"]')).toHaveCount(0)
      expect(await violations(page), tab).toEqual([])
      expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth), tab).toBeLessThanOrEqual(0)
    }
    await page.context().close()
  })
})

async function openPage(width = 1280, colorScheme: 'light' | 'dark' = 'light'): Promise<{ page: Page; frame: Frame }> {
  const { url, world } = desk.zendesk
  // The bar itself is 52 px wide.
  const context = await browser.newContext({ viewport: { width: width + 52, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const lea = Object.values(world.state.users).find(({ name }) => name.startsWith('Lea'))!
  await page.request.post(`${url}/agent/session`, { data: { user_id: lea.id }, headers: { origin: url } })
  await page.goto(`${url}/agent`)
  if (colorScheme === 'dark') await page.getByRole('button', { name: 'Use the dark colour scheme' }).click()
  await page.getByRole('button', { name: 'Baton', exact: true }).click()
  const element = await page.waitForSelector('iframe[data-location="nav_bar"]')
  const frame = (await element.contentFrame())!
  await frame.waitForSelector(`html[data-scheme="${colorScheme}"] nav`)
  return { page, frame }
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('iframe[data-location="nav_bar"]').analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' › ')} ${html.slice(0, 160)}`),
  )
}
