import assert from 'node:assert/strict'
import type { Page } from 'playwright/test'
import { inAccount } from '../../server/db/in-account.ts'
import type { Ticket, User } from '../zendesk/state/model.ts'
import { deskOf } from './desk.ts'
import { expect } from './expect.ts'
import { findBy } from './find-by.ts'
import { actAs } from './sidebar.ts'
import type { Demo } from './start-demo.ts'
import type { Step } from './story.ts'
import { until } from './until.ts'

const OPEN = 'SSO login fails intermittently with SAML assertion error'
const WHY = 'Security rings the customer today'

/** Jo leads tier 3: the page in the navigation bar shows her all of it in figures. Ana sees what is hers to see. */
export function pageSteps({ zendesk, context }: Demo, page: Page): Step[] {
  const { state } = zendesk.world
  const desk = deskOf(page)

  return [
    [
      'At the end of the next working day Jo opens Baton from the navigation bar, and sees what needs somebody now',
      async () => {
        await sitDown('Jo Fraser')
        for (const later of ['Morning', '+8 h']) await page.getByRole('button', { name: later, exact: true }).click()
        await page.reload()
        await expect(desk.heading('What needs somebody now')).toBeVisible()
        const row = desk.main.getByRole('row').filter({ hasText: OPEN })
        await expect(row).toContainText(/missed .* ago/)
        const { group_id } = findBy<Ticket>(state.tickets, ({ subject }) => subject === OPEN)
        await expect(row).toContainText(state.groups[group_id!]!.name)
        await expect(row).toContainText('nobody')
      },
    ],
    [
      'Trends shows as many escalations as there are, and the figure opens to exactly their tickets',
      async () => {
        await until(isMeasured, 'what happened is measured')
        const ids = await escalatedTickets()
        await desk.goTo('Trends')
        await expect(desk.tile('Escalations').getByText(String(ids.length), { exact: true })).toBeVisible()
        await desk.main.getByRole('link', { name: 'Tickets: Escalations', exact: true }).first().click()
        await expect(desk.heading('What it is made of: Escalations')).toBeVisible()
        await expect(desk.main.getByText(`${ids.length} of ${ids.length}`, { exact: true })).toBeVisible()
        const shown = await desk.tickets().allTextContents()
        assert.deepEqual(shown.toSorted(), ids.map((id) => `#${id}`).toSorted())
      },
    ],
    [
      'A row leads to its ticket, and the icon back to the list',
      async () => {
        const [id] = await escalatedTickets()
        await desk.main.getByRole('link', { name: `#${id}`, exact: true }).click()
        await page.waitForURL(`**/agent/tickets/${id}`)
        await expect(page.getByText(state.tickets[id!]!.subject).first()).toBeVisible()
        await desk.open()
        await expect(desk.heading('What it is made of: Escalations')).toBeVisible()
      },
    ],
    [
      'SLA, Engineering and People show theirs, and how sure they are',
      async () => {
        await desk.goTo('SLA')
        await expect(desk.tile('Targets of tiers met').first()).toContainText(/95 % sure: \d+% to \d+%\d+ of \d+/)
        await desk.goTo('Engineering')
        await expect(desk.tile('Hotfixes')).toContainText('Too few (n = 1)')
        await desk.goTo('People')
        await expect(desk.tile('Open at once, by tier')).toContainText(
          /Tier 2 · Specialists: \d.*Tier 4 · Executive: \d/,
        )
        await expect(desk.tile('Pressure by week')).toContainText('over 2 escalations')
      },
    ],
    [
      'Deflection counts the one that Ben found in time',
      async () => {
        await desk.goTo('Deflection')
        await expect(desk.tile('Found in time').getByText('1', { exact: true })).toBeVisible()
      },
    ],
    [
      'In Reviews she records what was decided; it stands there under her name after a reload',
      async () => {
        await desk.goTo('Reviews')
        const item = desk.main.getByRole('article').filter({ hasText: OPEN })
        await item.getByLabel('Decision', { exact: true }).selectOption({ label: 'Keep as it is' })
        await item.getByLabel('Why, or what was agreed').fill(WHY)
        await item.getByRole('button', { name: 'Record', exact: true }).click()
        const decided = item.getByText(/Keep as it is, Jo Fraser/)
        await expect(decided).toBeVisible()
        await page.reload()
        await desk.goTo('Reviews')
        await expect(decided).toBeVisible()
        await expect(item.getByText(WHY)).toBeVisible()
      },
    ],
    [
      'The briefing has five numbers and names the account that is at risk',
      async () => {
        await desk.goTo('Briefing')
        await expect(desk.tile('Escalations').getByText('2', { exact: true })).toBeVisible()
        await expect(desk.main.getByRole('listitem').filter({ hasText: 'Acme Corp' }).first()).toContainText(OPEN)
      },
    ],
    [
      'Ana, an agent, sees the figures and what they are made of, and nobody’s name in them',
      async () => {
        await sitDown('Ana Lindqvist')
        for (const tab of ['People', 'Deflection', 'Reviews']) await expect(desk.link(tab)).toHaveCount(0)
        for (const tab of ['SLA', 'Engineering', 'Briefing', 'Trends']) {
          await desk.goTo(tab)
          await expect(desk.frame.locator('[aria-busy="true"]')).toHaveCount(0)
          assert.deepEqual(await namesShown(), [], tab)
        }
        await desk.main.getByRole('link', { name: 'Tickets: Escalations', exact: true }).first().click()
        await expect(desk.tickets()).toHaveCount(2)
        assert.deepEqual(await namesShown(), [], 'the list')
      },
    ],
  ]

  async function sitDown(name: string): Promise<void> {
    const { id } = findBy<User>(state.users, (one) => one.name === name)
    await actAs(page, zendesk.url, id)
    await page.goto(`${zendesk.url}/agent`)
    await desk.open()
  }

  async function namesShown(): Promise<string[]> {
    const said = await desk.main.innerText()
    const agents = Object.values(state.users).filter(({ role }) => role !== 'end-user')
    return agents.map(({ name }) => name).filter((name) => said.includes(name))
  }

  async function isMeasured(): Promise<boolean> {
    const marks = await inAccount(context.db, context.account.id, (tx) =>
      tx.selectFrom('measure_mark').select('id').execute(),
    )
    return marks.length === 0
  }

  async function escalatedTickets(): Promise<number[]> {
    const rows = await inAccount(context.db, context.account.id, (tx) =>
      tx.selectFrom('escalation').select('ticket_id').orderBy('id').execute(),
    )
    return rows.map(({ ticket_id }) => ticket_id)
  }
}
