import assert from 'node:assert/strict'
import { expect, type Page } from 'playwright/test'
import { SECOND_MS } from '../../core/units.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { unpackCountdowns } from '../../server/engine/packed-countdowns.ts'
import type { LocalBaton } from '../support/local-baton.ts'
import type { Ticket } from '../zendesk/state/model.ts'
import { sidebarOf } from './sidebar.ts'
import type { Step } from './story.ts'
import { until } from './until.ts'

/** Time goes on, nobody accepts the escalation, and its clocks do what they are there for. */
export function clockSteps({ zendesk, context }: LocalBaton, page: Page, ticket: () => Ticket): Step[] {
  const { state, clock } = zendesk.world
  const sidebar = sidebarOf(page)
  const clocks = sidebar.frame.getByLabel('Clocks', { exact: true })
  const meter = (name: string) => clocks.getByRole('meter', { name, exact: true })
  const inTicket = (text: RegExp) => page.locator('.message[data-internal="true"]').getByText(text).first()

  return [
    [
      'The sidebar counts the clocks down, and explains why a deadline is when it is',
      async () => {
        await clocks.getByText(/\d+ more clocks?/).click()
        await expect(meter('First response clock, L2')).toBeVisible()
        await clocks.getByRole('button', { name: 'Why then? First response clock, L2' }).click()
        const explanation = sidebar.frame.getByLabel('Why then: First response clock, L2')
        await expect(explanation.getByText(/Berlin office/).first()).toBeVisible()
        await clocks.getByRole('button', { name: 'Why then? First response clock, L2' }).click()
      },
    ],
    [
      'She moves the clock of the page on by an hour: the sidebar follows, and a timer reminds',
      async () => {
        const left = await leftOf('First response clock, L2')
        await page.getByRole('button', { name: '+1 h', exact: true }).click()
        await until(async () => (await leftOf('First response clock, L2')) !== left, 'the sidebar shows another span')
        await expect(inTicket(/Nobody has accepted it for an hour/)).toBeVisible({ timeout: 15_000 })
      },
    ],
    [
      'At 75 % of the target Baton warns in the ticket, and the sidebar says so',
      async () => {
        await goTo('/0/first-response/warning/75')
        await expect(inTicket(/75 ?% of the first response target of tier 2/)).toBeVisible({ timeout: 15_000 })
        await expect(sidebar.text(/75 ?% of its target used up/)).toBeVisible({ timeout: 15_000 })
        assert.equal(groupName(), 'Identity specialists')
      },
    ],
    [
      'Past the target it is missed, and the ticket goes to engineering by itself',
      async () => {
        await goTo('/0/first-response/breach')
        await until(() => groupName() === 'Security response', 'the ticket is with the next tier')
        await expect(inTicket(/ran out on .* Baton raises it to L3 Engineering/)).toBeVisible({ timeout: 15_000 })
        await expect(sidebar.heading('Escalated to L3 · Security response')).toBeVisible({ timeout: 15_000 })
        await expect(sidebar.text(/Raised from tier 2 to tier 3/)).toBeVisible()
      },
    ],
    [
      'Engineering has clocks of its own, the customer’s goes on, and no word of it was public',
      async () => {
        await expect(meter('First response clock, L3')).toBeVisible()
        await expect(meter('Customer clock')).toBeVisible()
        const ours = state.comments[ticket().id]!.filter(({ plain_body }) => plain_body.startsWith('Due on '))
        assert.ok(ours.length >= 3, 'the reminder, the warning and the breach')
        assert.deepEqual(
          ours.filter((comment) => comment.public),
          [],
        )
      },
    ],
  ]

  /** Moves time on to what the escalation waits for. */
  async function goTo(countdown: string): Promise<void> {
    const { countdowns } = await inAccount(context.db, context.account.id, (tx) =>
      tx
        .selectFrom('escalation_clocks')
        .select('countdowns')
        .where('ticket_id', '=', ticket().id)
        .executeTakeFirstOrThrow(),
    )
    const due = unpackCountdowns(countdowns).find(({ id }) => id.endsWith(countdown))
    assert.ok(due, `the escalation waits for ${countdown}`)
    await clock.advance(Math.max(0, due.at - clock.now()) + SECOND_MS)
  }

  function leftOf(name: string): Promise<string> {
    return meter(name).getAttribute('aria-valuetext').then(String)
  }

  function groupName(): string | undefined {
    return state.groups[ticket().group_id!]?.name
  }
}
