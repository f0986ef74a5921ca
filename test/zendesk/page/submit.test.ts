import type { Frame, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PageBench, probeFrame, startPageBench } from './open-page.ts'
import { installProbe } from './probe-app.ts'
import { callAs } from './small-account.ts'

let bench: PageBench
let ticketId: number
let page: Page
let frame: Frame

beforeAll(async () => {
  bench = await startPageBench()
  await installProbe(bench.zendesk.world)
})
afterAll(() => bench?.[Symbol.asyncDispose]())

beforeEach(async () => {
  ticketId = await bench.addTicket()
  page = await bench.open(bench.account.ana, `/agent/tickets/${ticketId}`)
  frame = await probeFrame(page)
  return () => page.context().close()
})

const SUBMIT_EVENTS = ['start', 'done', 'fail', 'always'].map((name) => `ticket.submit.${name}`)
const submitButton = () => page.getByRole('button', { name: 'Submit as Open' })
const priority = () => bench.zendesk.world.state.tickets[ticketId]!.priority
const heardSubmit = () =>
  frame.evaluate(() => window.seen.map((one) => one.event).filter((event) => event.startsWith('ticket.submit')))

/** Lets the app answer `ticket.save` with what the source says, and submits a changed priority. */
async function submitWith(handler: string): Promise<void> {
  await frame.evaluate((events) => window.listen(...events), SUBMIT_EVENTS)
  await frame.evaluate(
    (source) => window.client.on('ticket.save', new Function(`return ${source}`)() as () => unknown),
    handler,
  )
  await frame.evaluate(() => window.client.set('ticket.priority', 'high'))
  await submitButton().click()
  await frame.waitForFunction(() => window.heard('ticket.submit.always').length === 1)
}

describe('the save hook', () => {
  it.each([
    ['true', '() => true'],
    ['nothing', '() => undefined'],
    ['an object', '() => ({ refuse: true })'],
    ['a promise, even of false', '() => Promise.resolve(false)'],
  ])('lets a ticket be saved when an app answers %s', async (_, handler) => {
    await submitWith(handler)
    expect(priority()).toBe('high')
    expect(await heardSubmit()).toEqual(['ticket.submit.start', 'ticket.submit.done', 'ticket.submit.always'])
  })

  it.each([
    ['false', '() => false', 'Probe did not let the ticket be saved.'],
    ['text', '() => "The note is not finished"', 'Probe: The note is not finished'],
    ['an error it throws', '() => { throw new Error("Broken") }', 'Probe: Broken'],
    ['a rejection with text', '() => Promise.reject("Later")', 'Probe: Later'],
    ['a rejection without reason', '() => Promise.reject()', 'Probe did not let the ticket be saved.'],
  ])('stops a save, with the words to show, when an app answers %s', async (_, handler, words) => {
    await submitWith(handler)
    expect(await page.getByRole('alert').innerText()).toContain(words)
    expect(priority()).toBe('normal')
    expect(await heardSubmit()).toEqual(['ticket.submit.start', 'ticket.submit.fail', 'ticket.submit.always'])
  })

  it('is not asked twice while an answer is awaited', async () => {
    await frame.evaluate(() => {
      window.seen = []
      window.client.on('ticket.save', () => {
        window.seen.push({ event: 'asked', data: null })
        return new Promise((resolve) => {
          window.handler = resolve
        })
      })
    })
    await submitButton().dblclick()
    await frame.waitForFunction(() => window.heard('asked').length === 1)
    expect(await page.getByRole('button', { name: 'Submitting…' }).isDisabled()).toBe(true)
    await frame.evaluate(() => window.handler(true))
    await submitButton().waitFor()
    expect(await frame.evaluate(() => window.heard('asked').length)).toBe(1)
  })

  it('is no longer asked once the app stopped listening', async () => {
    await frame.evaluate(() => {
      window.handler = () => false
      window.client.on('ticket.save', window.handler)
      window.client.off('ticket.save', window.handler)
      return window.client.set('ticket.priority', 'low')
    })
    await submitButton().click()
    await expect.poll(priority).toBe('low')
  })
})

describe('submitting', () => {
  it('tells the app when Zendesk refused, and keeps the changes', async () => {
    await frame.evaluate((events) => window.listen(...events), SUBMIT_EVENTS)
    await frame.evaluate(() => window.client.set('ticket.priority', 'high'))
    bench.zendesk.world.faults.answers.push({
      method: 'PUT',
      path: `/api/v2/tickets/${ticketId}`,
      times: 1,
      answer: {
        status: 422,
        body: JSON.stringify({
          error: 'RecordInvalid',
          description: 'Record validation errors',
          details: { base: [{ description: 'Component: is required' }] },
        }),
      },
    })
    await submitButton().click()
    await page.getByText('Component: is required').waitFor()
    expect(await heardSubmit()).toEqual(['ticket.submit.start', 'ticket.submit.fail', 'ticket.submit.always'])
    await submitButton().click()
    await expect.poll(priority).toBe('high')
  })

  it('is off while an app disabled it, and on again when the app is gone', async () => {
    await frame.evaluate(() => window.client.invoke('disableSave'))
    await expect.poll(() => submitButton().isDisabled()).toBe(true)
    await frame.evaluate(() => window.client.invoke('enableSave'))
    await expect.poll(() => submitButton().isDisabled()).toBe(false)
    await frame.evaluate(() => window.client.invoke('disableSave'))
    await page.getByRole('button', { name: 'Reload all apps' }).click()
    await expect.poll(() => submitButton().isDisabled()).toBe(false)
  })

  it('keeps a tag that somebody else added meanwhile', async () => {
    await frame.evaluate(() => window.client.invoke('ticket.tags.add', ['mine']))
    const { ben } = bench.account
    await callAs(bench.zendesk, ben, 'PUT', `/api/v2/tickets/${ticketId}/tags`, { tags: ['theirs'] })
    await submitButton().click()
    await expect
      .poll(() => bench.zendesk.world.state.tickets[ticketId]!.tags.toSorted())
      .toEqual(['mine', 'theirs', 'vip'])
  })
})

describe("somebody else's change", () => {
  it('reaches the page and the app, with who did it', async () => {
    await frame.evaluate(() => window.listen('ticket.updated', 'ticket.status.changed'))
    const { ben } = bench.account
    const ticket = { status: 'pending', comment: { body: 'I took a look.', public: false } }
    await callAs(bench.zendesk, ben, 'PUT', `/api/v2/tickets/${ticketId}`, { ticket })
    await frame.waitForFunction(() => window.heard('ticket.updated').length === 1)
    expect(await frame.evaluate(() => window.heard('ticket.updated')[0].name)).toBe('Ben Agent')
    expect(await frame.evaluate(() => window.heard('ticket.status.changed'))).toEqual(['pending'])
    await page.getByText('I took a look.').waitFor()
  })

  it('is no news when one made it oneself through the app', async () => {
    await frame.evaluate(() => window.listen('ticket.updated', 'ticket.tags.changed'))
    await frame.evaluate(
      (id) =>
        window.client.request({
          url: `/api/v2/tickets/${id}/tags.json`,
          type: 'PUT',
          contentType: 'application/json',
          data: JSON.stringify({ tags: ['from-app'] }),
        }),
      ticketId,
    )
    await frame.waitForFunction(() => window.heard('ticket.tags.changed').length === 1)
    expect(await frame.evaluate(() => window.heard('ticket.updated'))).toEqual([])
  })
})
