import assert from 'node:assert/strict'
import { expect, type Locator, type Page } from 'playwright/test'
import { DAY_MS, HOUR_MS } from '../../core/units.ts'
import type { Ticket, User } from '../zendesk/state/model.ts'
import { findBy } from './find-by.ts'
import { openTicket, sidebarOf } from './sidebar.ts'
import type { Demo } from './start-demo.ts'
import type { Step } from './story.ts'
import { until } from './until.ts'

const SUBJECT = 'Password reset mail never arrives'

/** One ticket goes the whole way: to specialists and back, to engineering, to a fix, and home. Each person clicks. */
export function lifeSteps({ zendesk, channels }: Demo, page: Page): Step[] {
  const { state, clock } = zendesk.world
  const sidebar = sidebarOf(page)
  const ticket = () => findBy<Ticket>(state.tickets, ({ subject }) => subject === SUBJECT)
  const form = (title: string) => sidebar.frame.getByRole('form', { name: title, exact: true })
  const inTicket = (text: RegExp) => page.locator('.message[data-internal="true"]').getByText(text).first()

  return [
    [
      'Ben escalates another ticket, and leaves out how it can be seen again',
      async () => {
        await sitDown('Ben')
        await sidebar.field('Steps taken').fill('Looked at the mail log: the mail left us\nSent it again by hand')
        await sidebar.field('Reason for escalation').fill('The mail is accepted by our relay and never seen again')
        await sidebar.field('Suggested next step').fill('Look at the relay’s own log')
        await sidebar.field('Summary').fill('Password reset mails of one customer never arrive')
        await sidebar.field('Symptoms').fill('Nobody at Wonka Foods gets the mail\nOther customers get it')
        await sidebar.button(/^Escalate to/).click()
        await arrives('Integrations specialists')
        await expect(sidebar.heading('Escalated to L2 · Integrations')).toBeVisible()
      },
    ],
    [
      'Farah reads what was handed over, and returns it: she cannot do it again',
      async () => {
        await sitDown('Farah')
        await expect(sidebar.heading('What was handed over')).toBeVisible()
        await sidebar.button(/^Return$/).click()
        await form('Return').getByLabel('Reason', { exact: true }).selectOption({ label: 'The note is incomplete' })
        await form('Return').getByText('Steps to reproduce', { exact: true }).click()
        await form('Return').getByLabel('Explanation', { exact: true }).fill('How can I see it happen?')
        await send(form('Return'), 'Return it')
        await arrives('Support')
        assert.equal(assignee(), 'Ben Okafor')
      },
    ],
    [
      'Ben sees what is missing, adds it, and it goes back to the specialists',
      async () => {
        await sitDown('Ben')
        await expect(sidebar.text('Returned: The note is incomplete')).toBeVisible()
        await sidebar.button('Complete the note').click()
        await sidebar.field('Steps to reproduce').fill('Ask for a new password as carla@wonka.example\nWait')
        await sidebar.button('Send the additions').click()
        await arrives('Integrations specialists')
      },
    ],
    [
      'Farah accepts it, has it, and hands it on to engineering with the reason why',
      async () => {
        await sitDown('Farah')
        await sidebar.button(/^Accept$/).click()
        await until(() => assignee() === 'Farah Haddad', 'Farah has the ticket')
        await sidebar.frame.getByText('More', { exact: true }).click()
        await sidebar.button(/^Hand on$/).click()
        await form('Hand on').getByLabel('To', { exact: true }).selectOption({ label: 'L3: whoever the policy says' })
        await form('Hand on').getByLabel('Why', { exact: true }).fill('The relay drops mails with long headers')
        await send(form('Hand on'), 'Hand on')
        await arrives('Platform engineering')
      },
    ],
    [
      'Whoever is on call for engineering is told, and accepts',
      async () => {
        const isTold = () => state.comments[ticket().id]!.some(({ plain_body }) => plain_body.includes('ivo@northwind'))
        await until(isTold, 'the ticket names whoever is on call')
        // Nobody is paged for what was accepted before the page went out.
        await until(() => channels.pagerduty.alerts.length > 0, 'whoever is on call is paged')
        await sitDown('Ivo')
        await expect(inTicket(/on-call for platform.*ivo@northwind.example. Please accept the ticket/)).toBeVisible({
          timeout: 15_000,
        })
        await sidebar.button(/^Accept$/).click()
        await until(() => assignee() === 'Ivo Marek', 'Ivo has the ticket')
        await expect(sidebar.heading('Where it stands')).toBeVisible()
      },
    ],
    [
      'He reports progress with a cause, links the issue, and decides for a hotfix',
      async () => {
        await sidebar.button(/^Report progress$/).click()
        const report = form('Report progress')
        await report.getByLabel('Status', { exact: true }).selectOption({ label: 'Fixing' })
        await report.getByLabel('Actions taken', { exact: true }).fill('Sent mails with headers of every length')
        await report.getByLabel('Cause found', { exact: true }).fill('The relay drops headers beyond 8 KB')
        await report.getByLabel('Next steps', { exact: true }).fill('Shorten the tracking header')
        await send(report, 'Send the report')
        await until(() => stage() === 'fixing', 'the ticket shows that it is being fixed')

        await more(/^Link an issue$/)
        const link = form('Link an issue')
        await link.getByLabel('Address', { exact: true }).fill('https://github.com/northwind/platform/issues/812')
        await link.getByLabel('Title', { exact: true }).fill('Mails with long headers are dropped')
        await send(link, 'Link it')
        await expect(sidebar.frame.getByRole('link', { name: 'Mails with long headers are dropped' })).toBeVisible()

        await more(/^Decide the release$/)
        const release = form('Decide the release')
        await release.getByLabel('Release', { exact: true }).selectOption({ label: 'Hotfix' })
        const tomorrow = new Date(clock.now() + DAY_MS).toISOString().slice(0, 10)
        await release.getByLabel('Date', { exact: true }).fill(tomorrow)
        await release.getByLabel('Why', { exact: true }).fill('Nobody there can sign in again')
        await send(release, 'Decide')
        await expect(sidebar.text(/Hotfix, /)).toBeVisible()
      },
    ],
    [
      'The customer is to hear from us: a draft out of the report goes into the reply, and he sends it',
      async () => {
        await expect(sidebar.text(/^Next update due/)).toBeVisible()
        await clock.advance(HOUR_MS)
        await sidebar.button('Put a draft into the reply').click()
        await expect(sidebar.text('The draft is in the reply. Read it, then send it.')).toBeVisible()
        await page
          .getByRole('button', { name: /^Submit as/ })
          .first()
          .click()
        await until(() => lastPublic().includes('here is where we stand'), 'the customer has the update')
      },
    ],
    [
      'The fix is available, the customer is told, and it is resolved with its cause and the draft of an article',
      async () => {
        await first(/^Fix available$/)
        const fix = form('Fix available')
        await fix.getByLabel('Version', { exact: true }).fill('4.2.1')
        await fix.getByLabel('What changes for the customer', { exact: true }).fill('Mails arrive again')
        await send(fix, 'The fix is available')
        await expect(sidebar.text('4.2.1: Mails arrive again')).toBeVisible()
        await page
          .getByRole('textbox', { name: 'Public reply' })
          .fill('It is fixed: mails arrive again. Can you confirm?')
        await page
          .getByRole('button', { name: /^Submit as/ })
          .first()
          .click()
        await until(() => lastPublic().startsWith('It is fixed'), 'the customer was told')

        await first(/^Resolve$/)
        const resolve = form('Resolve')
        await resolve.getByLabel('Root cause', { exact: true }).fill('The relay drops headers beyond 8 KB')
        await resolve.getByLabel('Resolution', { exact: true }).selectOption({ label: 'Fixed in code' })
        await resolve.getByLabel('Fix', { exact: true }).fill('The tracking header is kept short')
        await resolve.getByLabel('Article', { exact: true }).selectOption({ label: 'An article was drafted' })
        await send(resolve, 'Resolve')
        await until(() => stage() === 'monitoring', 'the fix is watched')
        await expect(sidebar.text('draft, not published yet')).toBeVisible({ timeout: 15_000 })
      },
    ],
    [
      'A day later the fix has held: he sends it home, and Ben has his ticket back',
      async () => {
        await clock.advance(DAY_MS + HOUR_MS)
        await sitDown('Ivo')
        await sidebar.button(/^De-escalate$/).click()
        const end = form('De-escalate')
        await expect(end.getByText('Watched long enough')).toBeVisible()
        await end.getByLabel('Rationale', { exact: true }).fill('It held for a day, and the customer is happy')
        await end.getByLabel('Has the customer confirmed it?', { exact: true }).selectOption({ label: 'Yes' })
        await send(end, 'De-escalate')
        await arrives('Support')
        assert.equal(assignee(), 'Ben Okafor')
      },
    ],
    [
      'What happened reads like a story, and none of it was public but what Ivo wrote to the customer',
      async () => {
        await sitDown('Ben')
        await sidebar.frame.getByText(/^Escalated before: ESC-\d{4}-\d{6}, closed/).click()
        for (const line of [
          ...[
            /Returned: incomplete/,
            /Came back/,
            /Handed on from integrations/,
            /Hotfix|hotfix/,
            /Fix available in 4\.2\.1/,
          ],
          ...[/Resolved \(fixed in code\)/, /De-escalated/],
        ]) {
          await expect(sidebar.text(line)).toBeVisible({ timeout: 15_000 })
        }
        const baton = findBy<User>(state.users, ({ name }) => name === 'Baton')
        const ours = state.comments[ticket().id]!.filter(({ author_id }) => author_id === baton.id)
        assert.deepEqual(
          ours.filter((comment) => comment.public),
          [],
        )
      },
    ],
  ]

  async function sitDown(name: string): Promise<void> {
    const user = findBy<User>(state.users, (one) => one.name.startsWith(name))
    await openTicket(page, zendesk.url, { as: user.id, ticketId: ticket().id })
    await expect(sidebar.frame.getByRole('heading').first()).toBeVisible({ timeout: 15_000 })
  }

  async function first(name: RegExp): Promise<void> {
    await expect(sidebar.button(name)).toBeVisible({ timeout: 15_000 })
    await sidebar.button(name).click()
  }

  /** An action that is folded away. */
  async function more(name: RegExp): Promise<void> {
    const button = sidebar.button(name)
    await expect(sidebar.frame.getByText('More', { exact: true })).toBeVisible({ timeout: 15_000 })
    if (!(await button.isVisible())) await sidebar.frame.getByText('More', { exact: true }).click()
    await button.click()
  }

  async function send(filled: Locator, label: string): Promise<void> {
    await filled.getByRole('button', { name: label, exact: true }).click()
    await expect(filled).toBeHidden({ timeout: 15_000 })
  }

  async function arrives(group: string): Promise<void> {
    await until(() => state.groups[ticket().group_id!]?.name === group, `the ticket is with ${group}`)
  }

  function assignee(): string | null {
    const id = ticket().assignee_id
    return id === null ? null : state.users[id]!.name
  }

  function stage(): string | undefined {
    return ticket()
      .tags.find((tag) => tag.startsWith('baton_stage_'))
      ?.slice('baton_stage_'.length)
  }

  function lastPublic(): string {
    return state.comments[ticket().id]!.findLast((comment) => comment.public)!.plain_body
  }
}
