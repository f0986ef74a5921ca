import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Locator, Page } from 'playwright'
import { expect as see } from 'playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentOf } from '../support/agent.ts'
import { launchChromium } from '../support/chromium.ts'
import { aNote } from '../support/notes.ts'
import { type Desk, startDesk } from './desk.ts'

type Opened = Awaited<ReturnType<Desk['open']>>

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

describe('the life of an escalation in the sidebar', () => {
  it('goes from accepted over progress to resolved by keyboard alone', async () => {
    const { page, sidebar } = await receive()
    await press(page, sidebar.button('Accept'))
    await see(sidebar.heading('Where it stands')).toBeFocused()
    await see(sidebar.frame.getByText('accepted', { exact: true })).toBeVisible()
    await see(sidebar.frame.locator('dd', { hasText: 'Elif Aydin' }).first()).toBeVisible()

    await press(page, sidebar.button('Report progress'))
    await see(sidebar.heading('Report progress')).toBeFocused()
    await type(page, sidebar.field('Actions taken'), 'Compared certificates\nCleared the cache')
    await type(page, sidebar.field('Next steps'), 'Roll it out')
    await press(page, sidebar.button('Send the report'))
    await see(sidebar.heading('Where it stands')).toBeFocused()
    await see(sidebar.frame.getByText('investigating', { exact: true })).toBeVisible()
    await see(sidebar.text('Next: Roll it out')).toBeVisible()

    await press(page, sidebar.button('Resolve'))
    await type(page, sidebar.field('Root cause'), 'A stale certificate')
    await type(page, sidebar.field('Resolution'), 'Conf')
    await type(page, sidebar.field('Fix'), 'Cleared the cache on every node')
    await type(page, sidebar.field('Article'), 'No art')
    await type(page, sidebar.field('Why no article'), 'The fix is in 2.3.5')
    await press(page, sidebar.button('Resolve'))
    await see(sidebar.heading('Where it stands')).toBeFocused()
    await see(sidebar.frame.getByText(/^(resolved|monitoring)$/)).toBeVisible()
    await see(sidebar.text('A stale certificate')).toBeVisible()
    await see(sidebar.button('De-escalate')).toBeVisible()
    await page.context().close()
  })

  it.each([
    [280, 'dark'],
    [320, 'light'],
    [400, 'dark'],
  ] as const)('has nothing axe objects to, at %i px in %s, with every form', async (width, colorScheme) => {
    const { page, sidebar } = await receive({ width, colorScheme })
    await check(page)
    await sidebar.button('Return').click()
    await sidebar.field('Reason').selectOption('incomplete')
    await check(page)
    await sidebar.button('Back').click()
    await sidebar.button('Accept').click()
    for (const form of ['Report progress', 'Resolve']) {
      await sidebar.button(form).click()
      await check(page)
      await sidebar.button('Back').click()
      await see(sidebar.button(form)).toBeFocused()
    }
    await sidebar.frame.getByText('More', { exact: true }).click()
    for (const form of ['Ask for help', 'Hand on', 'Link an issue', 'Decide the release']) {
      await sidebar.button(form).click()
      await sidebar.frame.locator('button[type="submit"]').click()
      await see(sidebar.text('Not sent yet')).toBeVisible()
      await check(page)
      await sidebar.button('Back').click()
    }
    await page.context().close()
  })

  it('comes back to the escalating agent with what is missing, and goes on once the note has it', async () => {
    const { page, sidebar, ticket } = await receive()
    await sidebar.button('Return').click()
    await sidebar.field('Reason').selectOption('incomplete')
    await sidebar.frame.locator('label', { hasText: 'Environment' }).click()
    await sidebar.button('Return it').click()
    await see(sidebar.text('Returned: The note is incomplete')).toBeVisible()
    await page.context().close()

    const ana = await desk.open(ticket)
    await see(ana.sidebar.text('Returned: The note is incomplete')).toBeVisible()
    await check(ana.page)
    await ana.sidebar.button('Complete the note').click()
    await see(ana.sidebar.field('Environment')).toBeFocused()
    await ana.page.keyboard.type('Version 2.3.4, region eu-1')
    await ana.sidebar.button('Send the additions').click()
    await see(ana.sidebar.text('Returned: The note is incomplete')).toHaveCount(0)
    await see(ana.sidebar.frame.getByText('requested', { exact: true })).toBeVisible()
    await ana.page.context().close()
  })

  it('puts a draft of the update into Zendesk’s own editor, and sends nothing', async () => {
    const { page, sidebar, ticket } = await receive()
    await sidebar.button('Accept').click()
    await sidebar.button('Report progress').click()
    await sidebar.field('Actions taken').fill('Cleared the cache of one node')
    await sidebar.button('Send the report').click()
    await see(sidebar.frame.getByRole('listitem').filter({ hasText: 'Cleared the cache' }).first()).toBeVisible()
    await sidebar.button('Put a draft into the reply').click()
    await see(sidebar.text('The draft is in the reply.')).toBeVisible()
    await see(page.locator('.editor')).toContainText('- Cleared the cache of one node')
    const sent = Object.values(desk.zendesk.world.state.comments[ticket.id]!).filter((one) => one.public)
    expect(sent).toHaveLength(1)
    await page.context().close()
  })
})

/** A ticket that Ana has escalated, as Elif of the specialists opens it. */
async function receive(
  options: Parameters<Desk['open']>[1] = {},
): Promise<Opened & { ticket: ReturnType<Desk['newTicket']> }> {
  const ticket = desk.newTicket()
  await agentOf(desk.zendesk, 'Ana').send(ticket.id, aNote({ triage: { severity: 'P2', component: 'sso' } }))
  await see.poll(() => groupOf(ticket.id)).toBe('Identity specialists')
  const opened = await desk.open(ticket, { as: 'Elif', ...options })
  await see(opened.sidebar.button('Accept')).toBeVisible()
  return { ...opened, ticket }
}

/** Goes there with the Tab key and presses Enter. */
async function press(page: Page, button: Locator): Promise<void> {
  await reach(page, button)
  await page.keyboard.press('Enter')
}

async function type(page: Page, field: Locator, words: string): Promise<void> {
  await reach(page, field)
  await page.keyboard.type(words)
}

async function reach(page: Page, wanted: Locator): Promise<void> {
  await see(wanted).toBeVisible()
  await see(wanted).toBeEnabled()
  // Into the app, from wherever the page's focus is.
  await frameOf(page).evaluate(() => void (document.hasFocus() || window.focus()))
  for (let steps = 0; steps < 80; steps++) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('The Tab key does not lead there')
}

/** Nothing axe objects to, and nothing wider than the frame. */
async function check(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('iframe[title*="Baton"]').analyze()
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' › ')}`))).toEqual([])
  const overflow = await frameOf(page).evaluate(() =>
    Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  )
  expect(overflow).toBe(0)
}

function frameOf(page: Page) {
  return page.frames().find((one) => one !== page.mainFrame() && one.url().includes('/assets/'))!
}

function groupOf(ticketId: number): string | undefined {
  const { groups, tickets } = desk.zendesk.world.state
  return groups[tickets[ticketId]?.group_id ?? -1]?.name
}
