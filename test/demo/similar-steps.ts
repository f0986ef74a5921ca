import assert from 'node:assert/strict'
import type { Page } from 'playwright/test'
import type { Group, Ticket, User } from '../zendesk/state/model.ts'
import { createTicket } from '../zendesk/tickets/create.ts'
import { expect } from './expect.ts'
import { findBy } from './find-by.ts'
import { openTicket, sidebarOf } from './sidebar.ts'
import type { Demo } from './start-demo.ts'
import type { Step } from './story.ts'
import { until } from './until.ts'

const SUBJECT = 'Invitation mails never arrive'

/** Somebody else has the problem that was solved; this time nobody needs to escalate it. */
export function similarSteps({ zendesk }: Demo, page: Page): Step[] {
  const { world } = zendesk
  const { state } = world
  const sidebar = sidebarOf(page)
  const ticket = () => findBy<Ticket>(state.tickets, ({ subject }) => subject === SUBJECT)
  const person = (name: string) => findBy<User>(state.users, (one) => one.name === name)
  const comments = () => state.comments[ticket().id]!
  const card = sidebar.frame.getByLabel(/^Past escalation ESC-\d{4}-\d{6}$/)

  return [
    [
      'Another customer has a like problem: while Ben writes, he sees how it ended the last time',
      async () => {
        const support = findBy<Group>(state.groups, ({ name }) => name === 'Support')
        const body = 'We invited six colleagues this morning. None of them got the mail.'
        const assigned = { group_id: support.id, assignee_id: person('Ben Okafor').id }
        createTicket(world, { subject: SUBJECT, ...assigned, comment: { body, public: true } }, person('Amy Doyle'))

        await openTicket(page, zendesk.url, { as: person('Ben Okafor').id, ticketId: ticket().id })
        await expect(sidebar.field('Summary')).toHaveValue(SUBJECT)
        await sidebar.field('Summary').fill('Invitation mails of one customer never arrive')
        await sidebar.field('Symptoms').fill('Nobody there gets the mail\nOther customers get it')
        await expect(card).toBeVisible()
        await expect(card.getByText('Password reset mails of one customer never arrive')).toBeVisible()
        await expect(card.getByText('Fixed in code')).toBeVisible()
        await expect(card.getByText('The relay drops headers beyond 8 KB')).toBeVisible()
        await expect(card.getByText('The tracking header is kept short')).toBeVisible()
        await expect(card.getByText(/Ivo Marek/)).toBeVisible()
      },
    ],
    [
      'He says that it is the same problem: nothing is escalated, and the ticket says why',
      async () => {
        const { group_id, assignee_id } = ticket()
        await card.getByRole('button', { name: /^Same problem as ESC-/ }).click()
        await expect(sidebar.heading(/^Same problem as ESC-\d{4}-\d{6}$/)).toBeVisible()
        await expect(sidebar.text(/^Ben Okafor, /)).toBeVisible()
        const said = comments().at(-1)!
        assert.equal(said.public, false)
        assert.equal(said.author_id, person('Ben Okafor').id)
        assert.match(
          said.plain_body,
          /Same problem as a past escalation[\s\S]*ESC-\d{4}-\d{6}[\s\S]*header is kept short/,
        )
        assert.deepEqual({ group_id: ticket().group_id, assignee_id: ticket().assignee_id }, { group_id, assignee_id })
        assert.ok(!ticket().tags.includes('baton_tier_2'), 'it went to nobody')
      },
    ],
    [
      'The fix of then is one click from the reply; he sends it in words for the customer',
      async () => {
        await sidebar.button('Put it into the reply').click()
        await expect(sidebar.text('It is in the reply. Nothing is sent yet.')).toBeVisible()
        const reply = page.getByRole('textbox', { name: 'Public reply' })
        await expect(reply).toContainText('The tracking header is kept short')
        await reply.fill('We know this one, Amy: update to 4.2.1 and the mails arrive.')
        await page
          .getByRole('button', { name: /^Submit as/ })
          .first()
          .click()
        await until(() => comments().at(-1)!.plain_body.startsWith('We know this one'), 'the customer has the answer')
      },
    ],
  ]
}
