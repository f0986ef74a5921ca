import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { expect as see } from 'playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { type Desk, startDesk } from './desk.ts'

let browser: Browser
let desk: Desk

beforeAll(async () => {
  browser = await launchChromium()
  desk = await startDesk(browser)
})
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]()
  await browser?.close()
})

describe('the sidebar', () => {
  it.each([
    [280, 'light'],
    [320, 'dark'],
    [400, 'light'],
    [400, 'dark'],
  ] as const)('has nothing axe objects to, before and after sending, at %i px in %s', async (width, colorScheme) => {
    const { page, sidebar } = await desk.open(desk.newTicket(), { width, colorScheme })
    await see(sidebar.heading('Escalate this ticket')).toBeVisible()
    await see(sidebar.text(/L2 · /)).toBeVisible()
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)

    await fillIn(sidebar)
    await sidebar.button(/^Escalate to/).click()
    await see(sidebar.heading(/^Escalated to L2/)).toBeVisible()
    await sidebar.frame.getByText('Why?').click()
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })

  it('can be filled in and sent with the keyboard alone', async () => {
    const { page, sidebar } = await desk.open(desk.newTicket())
    await sidebar.field('Steps taken').focus()
    await page.keyboard.type('Verified the metadata\nConsulted runbook SSO-003')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Needs a look into the certificate cache')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Check the cache')
    await see(sidebar.button(/^Escalate to/)).toBeEnabled()
    for (let steps = 0; steps < 60; steps++) {
      if (await sidebar.button(/^Escalate to/).evaluate((button) => button === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await see(sidebar.heading(/^Escalated to L2/)).toBeFocused()
    await page.context().close()
  })

  it('keeps every keystroke through a reload', async () => {
    const ticket = desk.newTicket()
    const { page, sidebar } = await desk.open(ticket)
    await sidebar.field('Reason for escalation').pressSequentially('Half a sent')
    await page.reload()
    await see(sidebar.field('Reason for escalation')).toHaveValue('Half a sent')
    await page.context().close()
  })

  it('shows the conflict when the same note is written in two tabs, and overwrites neither', async () => {
    const ticket = desk.newTicket()
    const first = await desk.open(ticket)
    await see(first.sidebar.heading('Escalate this ticket')).toBeVisible()
    const second = await desk.open(ticket, { beside: first.page })
    await see(second.sidebar.heading('Escalate this ticket')).toBeVisible()

    await first.sidebar.field('Reason for escalation').fill('From the first tab')
    await second.sidebar.field('Reason for escalation').fill('From the second tab')

    const conflicts = [first, second].map(({ sidebar }) => sidebar.text('This note was changed in another tab'))
    await see.poll(async () => (await Promise.all(conflicts.map((one) => one.isVisible()))).includes(true)).toBe(true)
    await first.page.context().close()
  })

  it('tells an agent whose role can’t escalate, and who can', async () => {
    const { page, sidebar } = await desk.open(desk.newTicket(), { as: 'Max' })
    await see(sidebar.text('You can’t escalate tickets')).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })

  it('says so on a closed ticket', async () => {
    const ticket = desk.newTicket()
    ticket.status = 'closed'
    const { page, sidebar } = await desk.open(ticket)
    await see(sidebar.text('This ticket is closed')).toBeVisible()
    await page.context().close()
  })

  it('speaks German to a German-speaking agent', async () => {
    const { page, sidebar } = await desk.open(desk.newTicket(), { as: 'Chiara' })
    await see(sidebar.button(/eskalieren/i)).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })
})

async function fillIn(sidebar: Awaited<ReturnType<Desk['open']>>['sidebar']): Promise<void> {
  await sidebar.field('Steps taken').fill('Verified the metadata\nConsulted runbook SSO-003, no matching resolution')
  await sidebar.field('Reason for escalation').fill('Requires backend investigation of SAML certificate caching')
  await sidebar.field('Suggested next step').fill('Check if the platform is caching the old certificate')
}

/** What axe objects to inside the app's frame: rule and place. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('iframe[title*="Baton"]').analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' › ')}`))
}

/** How many pixels the app is wider than its frame. */
async function overflow(page: Page): Promise<number> {
  const frame = page.frames().find((one) => one !== page.mainFrame() && one.url().includes('/assets/'))!
  return frame.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))
}
