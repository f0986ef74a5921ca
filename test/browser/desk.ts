import type { Browser, Page } from 'playwright'
import { openTicket, sidebarOf } from '../demo/sidebar.ts'
import { createRunningClock } from '../support/clock.ts'
import { createTestDatabase } from '../support/database.ts'
import { type LocalBaton, type LocalOptions, startLocalBaton } from '../support/local-baton.ts'
import type { Ticket } from '../zendesk/state/model.ts'
import type { TicketChanges } from '../zendesk/tickets/changes.ts'
import { createTicket } from '../zendesk/tickets/create.ts'

export type Desk = AsyncDisposable &
  LocalBaton & {
    newTicket(changes?: TicketChanges): Ticket
    /** A page at a ticket, in a browser profile of its own unless one is given. */
    open(ticket: Ticket, options?: DeskOptions): Promise<{ page: Page; sidebar: ReturnType<typeof sidebarOf> }>
  }

export type DeskOptions = { as?: string; width?: 280 | 320 | 400; colorScheme?: 'light' | 'dark'; beside?: Page }

/** The whole product, working by itself, and people at its agent page. */
export async function startDesk(browser: Browser, options: Partial<LocalOptions> = {}): Promise<Desk> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await createTestDatabase())
  const local = opened.use(
    await startLocalBaton({ clock: createRunningClock(), databaseUrl: database.url, home: '/nonexistent', ...options }),
  )
  const { world, url } = local.zendesk
  const closing = opened.move()
  return { ...local, newTicket, open, [Symbol.asyncDispose]: () => closing.disposeAsync() }

  function newTicket(changes: TicketChanges = {}): Ticket {
    const person = (name: string) => Object.values(world.state.users).find((user) => user.name === name)!
    const jane = person('Jane Hollis')
    const group = Object.values(world.state.groups).find(({ name }) => name === 'Support')!
    const wanted = {
      subject: 'SSO login fails intermittently',
      group_id: group.id,
      assignee_id: person('Ana Lindqvist').id,
      comment: { body: 'Since yesterday 3 in 10 sign-ins end with "Invalid SAML response".', public: true },
      ...changes,
    }
    return world.state.tickets[createTicket(world, wanted, jane).ticket.id]!
  }

  async function open(ticket: Ticket, { as = 'Ana', width = 320, colorScheme = 'light', beside }: DeskOptions = {}) {
    const context = beside?.context() ?? (await browser.newContext({ viewport: { width: 1440, height: 1000 } }))
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const user = Object.values(world.state.users).find(({ name }) => name.startsWith(as))!
    await openTicket(page, url, { as: user.id, ticketId: ticket.id })
    await page.getByLabel('Width of the app panel').selectOption(String(width))
    const sidebar = sidebarOf(page)
    if (colorScheme === 'dark') {
      await page.getByRole('button', { name: 'Use the dark colour scheme' }).click()
      await sidebar.frame.locator('html[data-scheme="dark"]').waitFor()
    }
    return { page, sidebar }
  }
}
