import assert from 'node:assert/strict'
import { expect, type Page } from 'playwright/test'
import { inAccount } from '../../server/db/in-account.ts'
import { launchChromium } from '../support/chromium.ts'
import type { Ticket, User } from '../zendesk/state/model.ts'
import { articleSteps } from './article-steps.ts'
import { clockSteps } from './clock-steps.ts'
import { findBy } from './find-by.ts'
import { lifeSteps } from './life-steps.ts'
import { pageSteps } from './page-steps.ts'
import { openTicket, sidebarOf } from './sidebar.ts'
import { similarSteps } from './similar-steps.ts'
import type { Demo } from './start-demo.ts'
import { until } from './until.ts'

const SUBJECT = 'SSO login fails intermittently with SAML assertion error'

/**
 * Plays the main job as a person would, in a headless browser: an agent writes the note, sends it, and sees the ticket
 * arrive with the specialists; then time goes on without an answer. Another ticket goes the whole way from hand to hand, keeps
 * a third from being escalated, and a lead sees it all in figures.
 * Prints each step with its time.
 *
 * @returns whether every step held
 */
export async function playStory(local: Demo): Promise<boolean> {
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  page.setDefaultTimeout(10_000)
  try {
    for (const [title, run] of steps(local, page)) {
      const startedAt = performance.now()
      try {
        await run()
      } catch (error) {
        console.error(`FAILED  ${title}\n${error instanceof Error ? error.message : error}`)
        return false
      }
      console.log(`${String(Math.round(performance.now() - startedAt)).padStart(6)} ms  ${title}`)
    }
    return true
  } finally {
    await browser.close()
  }
}

export type Step = [title: string, run: () => Promise<void>]

function steps(local: Demo, page: Page): Step[] {
  const { zendesk, context } = local
  const { state } = zendesk.world
  const ticket = () => findBy<Ticket>(state.tickets, ({ subject }) => subject === SUBJECT)
  const ana = findBy<User>(state.users, ({ name }) => name === 'Ana Lindqvist')
  const sidebar = sidebarOf(page)

  return [
    [
      'Ana opens the ticket, and the app is there',
      async () => {
        await openTicket(page, zendesk.url, { as: ana.id, ticketId: ticket().id })
        await expect(sidebar.heading('Escalate this ticket')).toBeVisible()
      },
    ],
    [
      'The note has filled itself from ticket, requester and organisation',
      async () => {
        await expect(sidebar.field('Summary')).toHaveValue(SUBJECT)
        await expect(sidebar.field('Symptoms')).not.toHaveValue('')
        await sidebar.button(/^Customer \d+ of \d+$/).click()
        await expect(sidebar.field('Account')).toHaveValue('Acme Corp')
        await expect(sidebar.field('Customer tier')).toHaveValue('enterprise')
      },
    ],
    [
      'The score names what is missing, and the note can’t be sent yet',
      async () => {
        await expect(sidebar.button(/^Steps taken \+\d+$/)).toBeVisible()
        await expect(sidebar.button(/^Escalate to/)).toBeDisabled()
      },
    ],
    [
      'She writes what was tried and what is needed',
      async () => {
        await sidebar
          .field('Steps taken')
          .fill(
            'Verified that the customer’s IdP metadata is current\nChecked SAML assertion logs: certificate mismatch on some requests\nConsulted runbook SSO-003, no matching resolution',
          )
        await sidebar.field('Reason for escalation').fill('Requires backend investigation of SAML certificate caching')
        await sidebar.field('Suggested next step').fill('Check if the platform is caching the old IdP certificate')
        await expect(sidebar.button(/^Escalate to/)).toBeEnabled()
      },
    ],
    [
      'The preview says where it goes, by when, and why',
      async () => {
        await expect(sidebar.text(/L2 · Identity/)).toBeVisible()
        await expect(sidebar.text(/respond by .*\d/)).toBeVisible()
        await expect(sidebar.text(/urgency \d+/)).toBeVisible()
      },
    ],
    [
      'She sends it, and the sidebar shows where it went',
      async () => {
        await sidebar.button(/^Escalate to/).click()
        await expect(sidebar.heading('Escalated to L2 · Identity')).toBeVisible({ timeout: 15_000 })
        await until(() => ticket().tags.includes('baton_tier_2'), 'the ticket has the tier’s tag')
        await expect(sidebar.text('moved')).toBeVisible({ timeout: 15_000 })
      },
    ],
    [
      'The ticket is with the specialists: group, tags, fields, nobody assigned, nobody’s tag lost',
      async () => {
        const { group_id, tags, assignee_id, custom_fields } = ticket()
        assert.equal(state.groups[group_id!]?.name, 'Identity specialists')
        assert.equal(assignee_id, null)
        for (const tag of ['sso', 'saml', 'baton', 'baton_queue_identity'])
          assert.ok(tags.includes(tag), `the tag ${tag}`)
        assert.ok(
          Object.values(custom_fields).some((value) => /^ESC-\d{4}-\d{6}$/.test(String(value))),
          'the escalation id',
        )
      },
    ],
    [
      'The note and the decision are private comments, hers by her',
      async () => {
        const [decision, note] = state.comments[ticket().id]!.toReversed()
        assert.deepEqual([note!.public, decision!.public], [false, false])
        assert.equal(note!.author_id, ana.id)
        assert.match(note!.plain_body, /certificate caching/)
      },
    ],
    [
      'The record holds what happened, and one escalation only',
      async () => {
        await until(async () => (await recorded()).join() === 'requested,routed', 'the record says requested, routed')
        const escalations = await inAccount(context.db, context.account.id, (tx) =>
          tx.selectFrom('escalation').select('id').execute(),
        )
        assert.equal(escalations.length, 1)
      },
    ],
    [
      '“Why?” shows the rules that matched and those that did not',
      async () => {
        await sidebar.frame.getByText('Why?').click()
        await expect(sidebar.text('did not match')).toBeVisible()
      },
    ],
    ...clockSteps(local, page, ticket),
    ...lifeSteps(local, page),
    ...similarSteps(local, page),
    ...pageSteps(local, page),
    ...articleSteps(local, page),
    [
      'Outside of the ticket, whoever is on call was paged and the page is over, and Slack and mail have the story',
      async () => {
        const { slack, pagerduty, smtp } = local.channels
        await until(() => pagerduty.alerts.some(({ status }) => status === 'resolved'), 'the page is over')
        await page.goto(slack.url)
        await expect(page.getByText(/Password reset mails of one customer never arrive/).first()).toBeVisible()
        await page.goto(smtp.url)
        await expect(page.getByText(/kim@northwind\.example/).first()).toBeVisible()
      },
    ],
  ]

  async function recorded(): Promise<string[]> {
    const rows = await inAccount(context.db, context.account.id, (tx) =>
      tx.selectFrom('event').select('kind').orderBy('id').execute(),
    )
    return rows.map(({ kind }) => kind)
  }
}
