import type { Frame, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PageBench, probeFrame, startPageBench } from './open-page.ts'
import { installProbe } from './probe-app.ts'

let bench: PageBench
let installationId: number
let ticketId: number
let page: Page
let frame: Frame

beforeAll(async () => {
  bench = await startPageBench()
  installationId = await installProbe(bench.zendesk.world, {
    settings: { region: 'eu' },
    secureSettings: { shared_secret: 'never-shown' },
  })
  const { world } = bench.zendesk
  world.state.installations[installationId]!.requirements = [
    { identifier: 'tier', requirement_id: 4711, requirement_type: 'ticket_fields', created_at: 0, updated_at: 0 },
  ]
})
afterAll(() => bench?.[Symbol.asyncDispose]())

async function openTicket() {
  ticketId = await bench.addTicket()
  page = await bench.open(bench.account.ana, `/agent/tickets/${ticketId}`)
  frame = await probeFrame(page)
  return () => page.context().close()
}

const loggedIds = () => page.evaluate(() => window.__zaf!.log.map((entry) => (entry.data as { id?: number }).id))
const get = (path: string) => frame.evaluate(async (one) => (await window.client.get(one))[one], path)

describe('registration', () => {
  beforeEach(openTicket)

  it('gives an app its context and its metadata, without secure settings', async () => {
    const { context, metadata } = await frame.evaluate(() => window.registered)
    expect(context).toEqual({
      instanceGuid: expect.any(String),
      product: 'support',
      account: { subdomain: 'local' },
      location: 'ticket_sidebar',
      ticketId,
    })
    expect(metadata).toMatchObject({ installationId, name: 'Probe', version: '1.2.3', settings: { region: 'eu' } })
    expect(JSON.stringify(metadata)).not.toContain('never-shown')
  })

  it('frames the app from another origin, in a sandbox', async () => {
    expect(new URL(frame.url()).origin).not.toBe(new URL(page.url()).origin)
    expect(await page.getAttribute('iframe', 'sandbox')).not.toContain('allow-top-navigation')
    expect(new URL(frame.url()).searchParams.get('origin')).toBe(new URL(page.url()).origin)
  })

  it('ignores messages from windows it did not frame', async () => {
    await page.evaluate(() => {
      const stranger = document.createElement('iframe')
      document.body.append(stranger)
      const script = stranger.contentDocument!.createElement('script')
      script.textContent = 'parent.postMessage(JSON.stringify({ id: 9, request: "get", params: ["currentUser"] }), "*")'
      stranger.contentDocument!.body.append(script)
      window.postMessage(JSON.stringify({ id: 9, request: 'get', params: ['currentUser'] }), '*')
    })
    await frame.evaluate(() => window.client.get('ticket.id'))
    expect(await loggedIds()).not.toContain(9)
  })

  it('ignores a frame of ours that went to another origin', async () => {
    await page.evaluate(() =>
      window.addEventListener('message', (event) => {
        document.title = event.origin
      }),
    )
    const elsewhere = frame.url().replace('localhost', '127.0.0.1')
    await frame.goto(elsewhere)
    await frame.evaluate(() =>
      parent.postMessage(JSON.stringify({ id: 9, request: 'get', params: ['ticket.id'] }), '*'),
    )
    await expect.poll(() => page.title()).toBe(new URL(elsewhere).origin)
    expect(await loggedIds()).not.toContain(9)
  })
})

describe('get', () => {
  beforeAll(openTicket)

  it.each([
    ['ticket.subject', 'Sign-in fails'],
    ['ticket.status', 'open'],
    ['ticket.priority', 'normal'],
    ['ticket.tags', ['vip']],
    ['ticket.requester.email', 'riley@acme.example'],
    ['ticket.organization.name', 'Acme Corp'],
    ['ticket.assignee.user.name', 'Ana Agent'],
    ['ticket.assignee.group.name', 'Support'],
    ['currentUser.role', 'agent'],
    ['currentAccount.subdomain', 'local'],
    ['colorScheme', 'light'],
    ['comment.type', 'publicReply'],
    ['comment.text', ''],
    ['requirement:tier', { requirement_id: 4711, requirement_type: 'ticket_fields' }],
    ['requirement:other', null],
  ])('answers %s', async (path, value) => {
    expect(await get(path)).toEqual(value)
  })

  it('answers the conversation and the comments', async () => {
    const conversation = await get('ticket.conversation')
    expect(conversation).toHaveLength(1)
    expect(conversation[0]).toMatchObject({ author: { name: 'Riley Buyer', role: 'end-user' } })
    expect(conversation[0].message.content).toContain('Nobody can sign in.')
    expect((await get('ticket.comments'))[0].author.name).toBe('Riley Buyer')
  })

  it('answers custom fields and the fields of the form', async () => {
    const name = `custom_field_${bench.account.componentFieldId}`
    expect(await get(`ticket.customField:${name}`)).toBeNull()
    const fields = await get('ticketFields')
    const component = fields.find((field: { name: string }) => field.name === name)
    expect(component).toMatchObject({ label: 'Component', isVisible: true })
  })

  it('answers several paths at once, and names what it does not know', async () => {
    const answer = await frame.evaluate(() => window.client.get(['ticket.id', 'nope.nothing']))
    expect(answer['ticket.id']).toBe(ticketId)
    expect(answer.errors).toMatchObject({ 'nope.nothing': { message: 'is not available in the current context' } })
  })

  it('rejects a single unknown path', async () => {
    const message = await frame.evaluate(() => window.client.get('nope.nothing').catch((error) => error.message))
    expect(message).toBe('"nope.nothing" is not available in the current context')
  })

  it('never answers within the call', async () => {
    const order = await frame.evaluate(async () => {
      const seen: string[] = []
      const asked = window.client.get('ticket.id').then(() => seen.push('answer'))
      await Promise.resolve()
      seen.push('tick')
      await asked
      return seen
    })
    expect(order).toEqual(['tick', 'answer'])
  })
})

describe('set', () => {
  beforeEach(openTicket)

  it('changes the ticket on the page, not in Zendesk, and tells the app', async () => {
    await frame.evaluate(() => window.listen('ticket.priority.changed', '*.changed'))
    await frame.evaluate(() => window.client.set('ticket.priority', 'urgent'))
    await frame.waitForFunction(() => window.heard('ticket.priority.changed').length === 1)
    expect(await frame.evaluate(() => window.heard('ticket.priority.changed'))).toEqual(['urgent'])
    expect(await frame.evaluate(() => window.heard('*.changed'))).toContainEqual({
      propertyName: 'ticket.priority',
      newValue: 'urgent',
    })
    expect(bench.zendesk.world.state.tickets[ticketId]!.priority).toBe('normal')
  })

  it('changes a custom field under its own event', async () => {
    const id = bench.account.componentFieldId
    await frame.evaluate((field) => window.listen(`ticket.custom_field_${field}.changed`), id)
    await frame.evaluate((field) => window.client.set(`ticket.customField:custom_field_${field}`, 'sso'), id)
    await frame.waitForFunction((field) => window.heard(`ticket.custom_field_${field}.changed`)[0] === 'sso', id)
    await page.getByRole('combobox', { name: 'Component' }).waitFor()
    expect(await page.getByText('Single sign-on').count()).toBeGreaterThan(0)
  })

  it('writes into the composer and chooses its kind', async () => {
    await frame.evaluate(() =>
      window.client.set({ 'comment.text': 'We are on it <b>now</b>', 'comment.type': 'internalNote' }),
    )
    const editor = page.getByRole('textbox', { name: 'Internal note' })
    await expect.poll(() => editor.textContent()).toBe('We are on it <b>now</b>')
  })

  it.each([
    ['a path that does not exist', 'ticket.nope', 'x', 'No such Api'],
    ['a value that does not fit', 'ticket.status', 'finished', 'must be one of'],
    ['an agent outside the group', 'ticket.assignee', { userId: 1, groupId: 2 }, 'not in this group'],
  ])('refuses %s', async (_, path, value, words) => {
    const message = await frame.evaluate(
      ([p, v]) => window.client.set(p as string, v).catch((error) => error.message),
      [path, value],
    )
    expect(message).toContain(words)
  })
})

describe('invoke', () => {
  beforeEach(openTicket)

  it('resizes the frame', async () => {
    await frame.evaluate(() => window.client.invoke('resize', { width: '100%', height: '420px' }))
    await expect.poll(() => page.evaluate(() => document.querySelector('iframe')!.clientHeight)).toBe(420)
  })

  it('shows notices as text, under the name of the app', async () => {
    await frame.evaluate(() => window.client.invoke('notify', 'Saved <b>once</b>', 'notice', { sticky: true }))
    await page.getByText('Saved once').waitFor()
    expect(await page.locator('.notices').innerText()).toContain('Probe')
  })

  it('adds and removes tags', async () => {
    await frame.evaluate(() => window.client.invoke('ticket.tags.add', ['baton', 'Two Words']))
    await frame.evaluate(() => window.client.invoke('ticket.tags.remove', ['vip']))
    expect(await get('ticket.tags')).toEqual(['baton', 'two_words'])
  })

  it('appends to the draft', async () => {
    await frame.evaluate(() => window.client.invoke('ticket.comment.appendText', 'one < two'))
    await frame.evaluate(() => window.client.invoke('comment.appendHtml', '<p>three<script>alert(1)</script></p>'))
    expect(await get('comment.text')).toContain('one < two')
    expect(await page.locator('.editor').innerHTML()).not.toContain('script')
  })

  it('hides and disables ticket fields', async () => {
    await frame.evaluate(() => window.client.invoke('ticketFields:priority.hide'))
    await expect.poll(() => page.getByRole('combobox', { name: 'Priority' }).count()).toBe(0)
  })

  it('goes to another ticket', async () => {
    const other = await bench.addTicket({ subject: 'The other one' })
    await frame.evaluate((id) => window.client.invoke('routeTo', 'ticket', id), other)
    await page.waitForURL(`**/agent/tickets/${other}`)
  })

  it('answers what it tracks, and rejects what it does not know', async () => {
    expect(await frame.evaluate(() => window.client.invoke('track', { type: 'click' }))).toEqual({
      errors: {},
      track: null,
    })
    const message = await frame.evaluate(() => window.client.invoke('nope').catch((error) => error.message))
    expect(message).toBe('"nope" No such Api')
  })
})

describe('the colour scheme', () => {
  beforeEach(openTicket)

  it('is in the address before the app starts, and its change is told', async () => {
    expect(new URL(frame.url()).searchParams.get('colorScheme')).toBe('light')
    await page.getByRole('button', { name: 'Use the dark colour scheme' }).click()
    await frame.waitForFunction(() => window.heard('colorScheme.changed')[0] === 'dark')
    expect(await get('colorScheme')).toBe('dark')
  })
})
