import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addArticle } from '../help-center/article-routes.ts'
import { addCategory, addSection } from '../help-center/place-routes.ts'
import { startZendesk } from '../server.ts'
import { type PageBench, probeFrame, startPageBench } from './open-page.ts'
import { installProbe } from './probe-app.ts'
import { callAs } from './small-account.ts'

let bench: PageBench
let page: Page

beforeAll(async () => {
  bench = await startPageBench()
  await installProbe(bench.zendesk.world)
})
afterAll(() => bench?.[Symbol.asyncDispose]())
afterEach(() => page?.context().close())

const commentsOf = (ticketId: number) => bench.zendesk.world.state.comments[ticketId]!

describe('views', () => {
  it("list one's own open tickets, newest change first, and open them by keyboard", async () => {
    const first = await bench.addTicket({ subject: 'Older', priority: 'urgent' })
    await bench.zendesk.world.clock.advance(60_000)
    await bench.addTicket({ subject: 'Newer' })
    page = await bench.open(bench.account.ana, '/')
    await page.getByRole('link', { name: 'Newer' }).waitFor()
    const rows = await page.getByRole('row').allInnerTexts()
    expect(rows[0]!.split(/\s+/)).toEqual(['Status', 'ID', 'Subject', 'Requester', 'Updated', 'Group', 'Priority'])
    expect(rows.findIndex((row) => row.includes('Newer'))).toBeLessThan(rows.findIndex((row) => row.includes('Older')))
    expect(rows.find((row) => row.includes('Older'))).toMatch(/Open.*Riley Buyer.*Support.*Urgent/s)
    await page.getByRole('link', { name: 'Older' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/agent/tickets/${first}`)
  })

  it('show escalated tickets by their tag', async () => {
    await bench.addTicket({ subject: 'Handed over', tags: ['baton'] })
    page = await bench.open(bench.account.ana, '/agent/views/escalated')
    await page.getByRole('link', { name: 'Handed over' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
  })

  it('say that they are empty, and that they could not be read', async () => {
    page = await bench.open(bench.account.ana, `/agent/views/group-${bench.account.identityId}`)
    await page.getByText('No tickets in this view').waitFor()
    bench.zendesk.world.faults.answers.push({
      method: 'GET',
      path: '/api/v2/search',
      times: 1,
      answer: { status: 500 },
    })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByRole('alert').getByText('could not be read').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('No tickets in this view').waitFor()
  })
})

describe('a ticket', () => {
  it('takes an internal note and leaves the customer out of it', async () => {
    const id = await bench.addTicket()
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByRole('radio', { name: 'Internal note' }).check({ force: true })
    await page.getByRole('textbox', { name: 'Internal note' }).pressSequentially('Only for us')
    await page.getByRole('button', { name: 'Submit as Open' }).click()
    await expect.poll(() => commentsOf(id).length).toBe(2)
    expect(commentsOf(id)[1]).toMatchObject({
      public: false,
      plain_body: 'Only for us',
      author_id: bench.account.ana.id,
    })
    await page.locator('.message[data-internal="true"]').getByText('Only for us').waitFor()
    expect(await page.locator('.editor').innerText()).toBe('')
  })

  it('is answered in public and submitted as another status, with a file', async () => {
    const id = await bench.addTicket()
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByRole('textbox', { name: 'Public reply' }).pressSequentially('Please try again')
    const log = { name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('line') }
    await page.getByLabel('Attach files').setInputFiles(log)
    await page.getByText('log.txt').waitFor()
    await page.getByRole('button', { name: 'Submit as another status' }).click()
    await page.getByRole('menuitem', { name: 'Submit as Pending' }).click()
    await expect.poll(() => bench.zendesk.world.state.tickets[id]!.status).toBe('pending')
    expect(commentsOf(id)[1]).toMatchObject({ public: true, plain_body: 'Please try again' })
    await page.getByRole('link', { name: /log.txt/ }).waitFor()
  })

  it('gets its fields changed in one update', async () => {
    const id = await bench.addTicket()
    const { ben, identityId, componentFieldId } = bench.account
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByRole('combobox', { name: 'Assignee' }).focus()
    await page.keyboard.type('Ben')
    await page.getByRole('option', { name: 'Ben Agent' }).click()
    await page.getByRole('combobox', { name: 'Component' }).click()
    await page.getByRole('option', { name: 'Single sign-on' }).click()
    await page.getByRole('textbox', { name: 'Tags' }).fill('Needs Look')
    await page.keyboard.press('Enter')
    const audits = bench.zendesk.world.state.audits[id]!.length
    await page.getByRole('button', { name: 'Submit as Open' }).click()
    await expect.poll(() => bench.zendesk.world.state.tickets[id]!.assignee_id).toBe(ben.id)
    const ticket = bench.zendesk.world.state.tickets[id]!
    expect(ticket).toMatchObject({ group_id: identityId, tags: expect.arrayContaining(['vip', 'needs_look']) })
    expect(ticket.custom_fields[componentFieldId]).toBe('sso')
    expect(bench.zendesk.world.state.audits[id]!.length).toBe(audits + 1)
  })

  it('shows comments without what could harm', async () => {
    const html_body =
      '<p>Look <b>here</b> <a href="javascript:alert(1)">x</a></p><img src="x" onerror="window.hacked = true">'
    const id = await bench.addTicket()
    const update = { ticket: { comment: { html_body, public: false } } }
    await callAs(bench.zendesk, bench.account.ana, 'PUT', `/api/v2/tickets/${id}`, update)
    commentsOf(id)[1]!.html_body = html_body
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    const shown = page.locator('.message').nth(1).locator('.rich-text')
    await shown.getByText('here').waitFor()
    expect(await shown.innerHTML()).not.toMatch(/javascript:|onerror/)
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  })

  it('tells what happened to it, business rules included', async () => {
    const id = await bench.addTicket()
    const { state } = bench.zendesk.world
    state.audits[id]![0]!.events.push({
      id: 1,
      type: 'Change',
      field_name: 'group_id',
      value: String(bench.account.identityId),
      previous_value: String(bench.account.supportId),
      via: { channel: 'rule', source: { from: { title: 'Route sign-in' }, to: {}, rel: 'trigger' } },
    })
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByRole('button', { name: 'Show events' }).click()
    await page.getByText('Trigger: Route sign-in').waitFor()
    expect(await page.getByRole('region', { name: 'Events' }).innerText()).toContain('Identity specialists')
  })

  it('shows who asks, with the organisation and other tickets', async () => {
    await bench.addTicket({ subject: 'An earlier question' })
    const id = await bench.addTicket()
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByRole('button', { name: 'Customer context' }).click()
    const card = page.getByRole('region', { name: 'Customer context' })
    await card.getByText('enterprise').waitFor()
    await card.getByRole('link', { name: 'An earlier question' }).first().waitFor()
  })

  it('says so when it is not there', async () => {
    page = await bench.open(bench.account.ana, '/agent/tickets/99999')
    await page.getByText('Ticket #99999 is not here').waitFor()
  })

  it('can be read but not changed once closed', async () => {
    const id = await bench.addTicket()
    bench.zendesk.world.state.tickets[id]!.status = 'closed'
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByText("Closed tickets can't be changed.").waitFor()
    expect(await page.getByRole('button', { name: 'Submit as Closed' }).isDisabled()).toBe(true)
  })
})

describe('the person who acts', () => {
  it('is changed in the top bar, and the next update is theirs', async () => {
    const id = await bench.addTicket()
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    await page.getByRole('button', { name: /Acting as/ }).click()
    expect(await page.getByRole('menuitem', { name: /Riley Buyer/ }).getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('menuitem', { name: /Ben Agent/ }).click()
    await page.getByRole('button', { name: /Acting as Ben Agent/ }).waitFor()
    await page.getByRole('textbox', { name: 'Public reply' }).pressSequentially('Ben here')
    await page.getByRole('button', { name: 'Submit as Open' }).click()
    await expect.poll(() => commentsOf(id).at(-1)!.author_id).toBe(bench.account.ben.id)
  })

  it('writes internal notes only, when a light agent', async () => {
    const id = await bench.addTicket()
    page = await bench.open(bench.account.lena, `/agent/tickets/${id}`)
    await page.getByText('Light agents write internal notes only.').waitFor()
    expect(await page.getByRole('radio', { name: 'Public reply' }).isDisabled()).toBe(true)
    expect(await page.getByRole('textbox', { name: 'Tags' }).isDisabled()).toBe(true)
  })

  it.each([
    ['an end user', () => bench.account.riley.id, 403],
    ['nobody known', () => 1, 404],
    ['no number', () => 'Ana', 422],
  ])('can not be %s', async (_, userId, status) => {
    const response = await fetch(`${bench.zendesk.url}/agent/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: bench.zendesk.url },
      body: JSON.stringify({ user_id: userId() }),
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})

describe('the clock', () => {
  it('is moved by a button', async () => {
    page = await bench.open(bench.account.ana, '/agent')
    const before = bench.zendesk.world.clock.now()
    await page.getByRole('button', { name: '+15 min' }).click()
    await expect.poll(() => bench.zendesk.world.clock.now() - before).toBe(15 * 60_000)
  })

  it('goes on to the next morning somebody works', async () => {
    const { clock } = bench.zendesk.world
    page = await bench.open(bench.account.ana, '/agent')
    // The account began on a Friday.
    await page.getByRole('button', { name: 'Morning' }).click()
    await expect.poll(() => new Date(clock.now()).toISOString()).toBe('2026-03-09T09:00:00.000Z')
    await page.getByText('Mon 9 Mar 09:00 UTC').waitFor()
  })

  it('tells the apps in front that the agent is back after a while', async () => {
    const id = await bench.addTicket()
    page = await bench.open(bench.account.ana, `/agent/tickets/${id}`)
    const frame = await probeFrame(page)
    await frame.waitForFunction(() => window.heard('app.activated').length === 1)
    await page.getByRole('button', { name: '+8 h' }).click()
    await frame.waitForFunction(() => window.heard('app.activated').length === 2)
    expect(await frame.evaluate(() => window.heard('app.activated')[1])).toEqual({ firstLoad: false })
  })
})

describe('accessibility', () => {
  it.each(['light', 'dark'])('axe finds nothing in the view and the ticket, %s', async (scheme) => {
    const id = await bench.addTicket()
    page = await bench.open(bench.account.ana, `/agent?scheme=${scheme}`)
    await page.getByRole('link', { name: 'Sign-in fails' }).first().waitFor()
    const exclude = (builder: AxeBuilder) => builder.exclude('iframe')
    expect(readable(await exclude(new AxeBuilder({ page })).analyze())).toEqual([])
    await page.goto(`${bench.zendesk.url}/agent/tickets/${id}?scheme=${scheme}`)
    await page.getByRole('textbox', { name: 'Public reply' }).waitFor()
    expect(readable(await exclude(new AxeBuilder({ page })).analyze())).toEqual([])
  })
})

function readable({ violations }: { violations: { id: string; nodes: { html: string }[] }[] }) {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

describe('a page that was not built', () => {
  it('says what to run', async () => {
    await using zendesk = await startZendesk({ assetsDir: mkdtempSync(path.join(os.tmpdir(), 'not-built-')) })
    const response = await fetch(`${zendesk.url}/agent`)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
  })
})

describe('the Help Center', () => {
  it('shows drafts, and publishes one', async () => {
    const { world } = bench.zendesk
    const { state } = world
    const section_id = addSection(world, addCategory(world, { name: 'Internal' }).id, { name: 'Runbooks' }).id
    const permission_group_id = Object.values(state.help_center.permission_groups).find(
      ({ edit }) => edit.length > 0,
    )!.id
    const { id } = addArticle(world, {
      ...{ title: 'Renew a certificate', body: '<h2>Fix</h2><p>Renew it.</p>', draft: true, locale: 'en-us' },
      ...{ section_id, permission_group_id, author_id: bench.account.ana.id, user_segment_id: null },
    })
    page = await bench.open(bench.account.ana, '/agent/guide')
    await page.getByRole('list', { name: 'Drafts' }).getByRole('button', { name: 'Renew a certificate' }).click()
    await page.getByRole('heading', { name: 'Fix' }).waitFor()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('list', { name: 'Published' }).getByRole('button', { name: 'Renew a certificate' }).waitFor()
    expect(state.help_center.articles[id]!.translations['en-us']!.draft).toBe(false)
  })
})
