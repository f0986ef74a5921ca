import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Browser, Frame, Page } from 'playwright'
import { build } from 'vite'
import { launchChromium } from '../../support/chromium.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { type LocalZendesk, startZendesk } from '../server.ts'
import type { User } from '../state/model.ts'
import { addSmallAccount, callAs, type SmallAccount } from './small-account.ts'

export type PageBench = AsyncDisposable & {
  zendesk: LocalZendesk
  account: SmallAccount
  /** Makes a ticket of Riley's, in Support, assigned to Ana. */
  addTicket(fields?: Record<string, unknown>): Promise<number>
  /** A page in a browser of its own, acting as `user`. */
  open(user: User, path: string): Promise<Page>
}

/** The local Zendesk with a small account, the page built from its sources, and a browser. */
export async function startPageBench(): Promise<PageBench> {
  const assetsDir = await mkdtemp(path.join(os.tmpdir(), 'agent-page-'))
  await build({
    configFile: path.join(import.meta.dirname, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: assetsDir, emptyOutDir: true },
  })
  const browser: Browser = await launchChromium()
  const zendesk = await startZendesk({ clock: createStoppedClock('2026-03-06T10:00:00Z'), assetsDir })
  const account = addSmallAccount(zendesk.world)

  return { zendesk, account, addTicket, open, [Symbol.asyncDispose]: close }

  async function addTicket(fields: Record<string, unknown> = {}): Promise<number> {
    const { ana, riley, supportId } = account
    const ticket = {
      subject: 'Sign-in fails',
      requester_id: riley.id,
      group_id: supportId,
      assignee_id: ana.id,
      priority: 'normal',
      tags: ['vip'],
      comment: { body: 'Nobody can sign in.', author_id: riley.id, public: true },
      ...fields,
    }
    const answer = await callAs<{ ticket: { id: number } }>(zendesk, ana, 'POST', '/api/v2/tickets', { ticket })
    return answer.ticket.id
  }

  async function open(user: User, where: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'local_zendesk_agent', value: String(user.id), url: zendesk.url }])
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    await page.goto(`${zendesk.url}${where}`)
    return page
  }

  async function close(): Promise<void> {
    await browser.close()
    await zendesk.close()
    await rm(assetsDir, { recursive: true, force: true })
  }
}

/** The frame of the probe in front (or of that location), once its SDK has registered. */
export async function probeFrame(page: Page, location = 'ticket_sidebar'): Promise<Frame> {
  const selector = `iframe[data-location="${location}"]:visible`
  await page.waitForSelector(selector)
  const frame = await (await page.$(selector))!.contentFrame()
  await frame!.waitForFunction(() => 'registered' in window)
  return frame!
}
