import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, importSPKI, jwtVerify } from 'jose'
import type { Frame, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appKeys } from '../apps/keys.ts'
import { type PageBench, probeFrame, startPageBench } from './open-page.ts'
import { installProbe } from './probe-app.ts'

let bench: PageBench
let backend: Server
let backendUrl: string
let received: { authorization?: string; body: string }[]
let ticketId: number
let page: Page
let frame: Frame

beforeAll(async () => {
  bench = await startPageBench()
  await installProbe(bench.zendesk.world, {
    secureSettings: { shared_secret: 'a-secret-of-thirty-two-characters' },
    manifest: {
      domainWhitelist: ['127.0.0.1'],
      parameters: [{ name: 'shared_secret', type: 'text', secure: true, scopes: ['jwt_secret_key'] }],
    },
  })
  backend = createServer((req, res) => {
    let body = ''
    req.on('data', (part) => {
      body += part
    })
    req.on('end', () => {
      received.push({ authorization: req.headers.authorization, body })
      res.writeHead(req.url === '/refuse' ? 422 : 200, { 'content-type': 'application/json' })
      res.end(JSON.stringify({ path: req.url }))
    })
  })
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  backendUrl = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
})
afterAll(async () => {
  await bench?.[Symbol.asyncDispose]()
  backend?.close()
})

beforeEach(async () => {
  received = []
  ticketId = await bench.addTicket()
  page = await bench.open(bench.account.ana, `/agent/tickets/${ticketId}`)
  frame = await probeFrame(page)
  return () => page.context().close()
})

describe('several tickets', () => {
  it('keep their apps alive, and tell them which is in front', async () => {
    const other = await bench.addTicket({ subject: 'The other one' })
    await frame.waitForFunction(() => window.heard('app.activated').length === 1)
    expect(await frame.evaluate(() => window.heard('app.activated')[0])).toEqual({ firstLoad: true })
    await frame.evaluate(() => {
      window.document.title = 'typed'
      return window.client.invoke('routeTo', 'ticket', 0).catch(() => {})
    })
    await frame.evaluate((id) => window.client.invoke('routeTo', 'ticket', id), other)
    await page.locator('iframe:visible').waitFor()
    await frame.waitForFunction(() => window.heard('app.deactivated').length === 1)
    const second = await probeFrame(page)
    expect((await second.evaluate(() => window.registered.context)).ticketId).toBe(other)

    await page.getByRole('button', { name: `#${ticketId}` }).click()
    await frame.waitForFunction(() => window.heard('app.activated').length === 2)
    expect(await frame.title()).toBe('typed')
    expect(await page.evaluate(() => window.__zaf!.instances().filter((one) => one.isRegistered).length)).toBe(2)
  })

  it('let go of an app when its tab is closed', async () => {
    await page.getByRole('button', { name: `Close ticket ${ticketId}` }).click()
    await expect.poll(() => page.evaluate(() => window.__zaf!.instances().length)).toBe(0)
  })
})

describe('modals', () => {
  const openModal = () =>
    frame.evaluate(async () => {
      const me = window.registered.context.instanceGuid
      const size = { width: '500px', height: '300px' }
      const url = `assets/index.html?parent=${me}`
      const made = await window.client.invoke('instances.create', { location: 'modal', url, size })
      const guid = made['instances.create'][0].instanceGuid
      const modal = window.client.instance(guid)
      for (const event of ['modal.close', 'form.saved']) {
        modal.on(event, (data) => window.seen.push({ event, data }))
      }
      return made['instances.create'][0]
    })

  it('open over the page, know the ticket, and talk with their opener both ways', async () => {
    const context = await openModal()
    expect(context).toMatchObject({ location: 'modal', product: 'support', ticketId })
    const modal = await probeFrame(page, 'modal')
    await modal.evaluate(() => window.listen('prefill'))
    await frame.evaluate(
      (guid) => window.client.instance(guid).trigger('prefill', { text: 'hello' }),
      context.instanceGuid,
    )
    await modal.waitForFunction(() => window.heard('prefill')[0]?.text === 'hello')

    await modal.evaluate(() => window.client.trigger('form.saved', { id: 5 }))
    await frame.waitForFunction(() => window.heard('form.saved')[0]?.id === 5)

    await frame.evaluate(() => window.listen('from.modal'))
    await modal.evaluate(() =>
      window.client.instance(new URLSearchParams(location.search).get('parent')!).trigger('from.modal', 'hi'),
    )
    await frame.waitForFunction(() => window.heard('from.modal')[0] === 'hi')
    expect(await frame.evaluate(async () => Object.keys((await window.client.get('instances')).instances).length)).toBe(
      2,
    )
  })

  it.each([
    ['themselves', async (modal: Frame) => void modal.evaluate(() => void window.client.invoke('destroy'))],
    ['the close button', () => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()],
    ['Escape', () => page.keyboard.press('Escape')],
  ])('are closed by %s, and their opener hears it', async (_, close) => {
    await openModal()
    const modal = await probeFrame(page, 'modal')
    await page.getByRole('dialog').focus()
    await close(modal)
    await frame.waitForFunction(() => window.heard('modal.close').length === 1)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('are the only location an app may create', async () => {
    const message = await frame.evaluate(() =>
      window.client
        .invoke('instances.create', { location: 'nav_bar', url: 'assets/index.html' })
        .catch((e) => e.message),
    )
    expect(message).toContain('cannot create the location nav_bar')
  })
})

describe('a signed location', () => {
  it("is opened by a POST that carries Zendesk's word for who opens it", async () => {
    const { world } = bench.zendesk
    const id = await installProbe(world, {
      name: 'Analytics',
      manifest: { signedUrls: true, location: { support: { nav_bar: `${backendUrl}/analytics` } } },
    })
    await page.reload()
    await page.getByRole('button', { name: 'Analytics' }).click()
    await expect.poll(() => received.length).toBe(1)
    const token = new URLSearchParams(received[0]!.body).get('token')!
    const key = await importSPKI(appKeys(world, world.state.installations[id]!.app_id).publicKey, 'RS256')
    const { payload } = await jwtVerify(token, key, {
      issuer: 'local.zendesk.com',
      audience: `https://local.zendesk.com/api/v2/apps/installations/${id}.json`,
      currentDate: new Date(world.clock.now()),
    })
    expect(payload).toMatchObject({ context: { product: 'support', location: 'nav_bar' } })
    expect(payload.sub).toContain(`/users/${bench.account.ana.id}.json`)
    world.state.installations[id]!.enabled = false
  })
})

describe('requests', () => {
  it("go to Zendesk in the agent's own session when the address is relative", async () => {
    const answer = await frame.evaluate(() => window.client.request('/api/v2/users/me.json'))
    expect(answer.user.name).toBe('Ana Agent')
  })

  it('answer the whole response when asked', async () => {
    const answer = await frame.evaluate((id) => {
      return window.client.request({ url: `/api/v2/tickets/${id}.json`, httpCompleteResponse: true })
    }, ticketId)
    expect(answer).toMatchObject({ status: 200, responseJSON: { ticket: { id: ticketId } } })
    expect(JSON.parse(answer.responseText).ticket.id).toBe(ticketId)
  })

  it('are rejected with status and body when they fail', async () => {
    const failure = await frame.evaluate(() => window.client.request('/api/v2/tickets/99999.json').catch((one) => one))
    expect(failure).toMatchObject({ status: 404, responseJSON: { error: 'RecordNotFound' } })
  })

  it('go through the proxy, which signs with a secret the browser never sees', async () => {
    const answer = await frame.evaluate(
      (url) =>
        window.client.request({
          url: `${url}/decide`,
          type: 'POST',
          contentType: 'application/json',
          data: JSON.stringify({ a: 1 }),
          headers: { Authorization: 'Bearer {{jwt.token}}' },
          secure: true,
          jwt: { algorithm: 'HS256', secret_key: '{{setting.shared_secret}}', expiry: 60, claims: { iss: 'local' } },
        }),
      backendUrl,
    )
    expect(answer).toEqual({ path: '/decide' })
    expect(received[0]!.body).toBe('{"a":1}')
    expect(decodeJwt(received[0]!.authorization!.replace('Bearer ', ''))).toMatchObject({ iss: 'local' })
    expect(await page.evaluate(() => JSON.stringify(window.__zaf!.log))).not.toContain('a-secret-of-thirty')
    expect(await page.evaluate(() => window.__zaf!.proxyLog.at(-1))).toMatchObject({ route: 'proxy', status: 200 })
  })

  it.each([
    ['the answer of a target that refuses', '/refuse', {}, 422],
    ['403 for a host that is not on the list', null, { url: 'https://elsewhere.example/x', secure: true }, 403],
  ])('pass on %s', async (_, path, options, status) => {
    const failure = await frame.evaluate((given) => window.client.request(given).catch((one) => one), {
      url: path ? `${backendUrl}${path}` : '',
      ...options,
    })
    expect(failure.status).toBe(status)
  })

  it('are not for pages of other origins', async () => {
    const response = await fetch(`${bench.zendesk.url}/agent/proxy`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: `local_zendesk_agent=${bench.account.ana.id}`,
        origin: 'http://evil.example',
      },
      body: JSON.stringify({ installationId: 1, options: { url: backendUrl } }),
    })
    expect(response.status).toBe(401)
  })
})

describe('an app served by zcli', () => {
  it('takes the place of the installed ones, and gets no secure settings filled in', async () => {
    const [installed] = Object.values(bench.zendesk.world.state.apps)
    const app = {
      name: 'Probe in development',
      id: 0,
      asset_url_prefix: 'http://localhost:4567/0/assets/',
      version: '0.0.1',
      locations: { support: { ticket_sidebar: { url: 'assets/index.html', flexible: true } } },
    }
    const installations = [{ app_id: 0, id: 0, settings: [{ title: 'Probe in development' }, { region: 'eu' }] }]
    await page.route('http://localhost:4567/**', (route) => {
      const { pathname } = new URL(route.request().url())
      const headers = { 'access-control-allow-origin': '*' }
      if (pathname === '/app.json') return route.fulfill({ json: { apps: [app], installations }, headers })
      const content = installed!.files[pathname.replace('/0/', '')]
      const contentType = pathname.endsWith('.html') ? 'text/html' : 'text/javascript'
      if (!content) return route.fulfill({ status: 404 })
      return route.fulfill({ body: Buffer.from(content, 'base64'), contentType, headers })
    })
    await page.goto(`${bench.zendesk.url}/agent/tickets/${ticketId}?zcli=1`)
    await page.getByText('Probe in development').waitFor()
    const local = await probeFrame(page)
    expect((await local.evaluate(() => window.registered.metadata)).settings).toMatchObject({ region: 'eu' })
    const failure = await local.evaluate(
      (url) => window.client.request({ url, secure: true }).catch((one) => one),
      backendUrl,
    )
    expect(failure.status).toBe(422)
    expect(failure.responseText).toContain('Failed to get installation')
  })

  it('is named as the trouble when it can not be reached', async () => {
    await page.route('http://localhost:4567/**', (route) => route.abort())
    await page.goto(`${bench.zendesk.url}/agent/tickets/${ticketId}?zcli=1`)
    await page.getByText('The apps could not be listed.').waitFor()
  })
})
