import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PacketInput, packetOf } from '../../core/packet/packet.ts'
import { toHtml } from '../../core/packet/to-html.ts'
import { PAGE_POLICY } from '../../server/packet/page-policy.ts'
import { aFullInput } from '../core/packet/a-full-packet.ts'
import { anInput, aRemark } from '../core/packet/a-packet.ts'
import { launchChromium } from '../support/chromium.ts'

/** A folder to look at what is promised here; nothing is kept without it. */
const SHOTS = process.env.PACKET_SHOTS ?? ''

let browser: Browser
let folder: string
beforeAll(async () => {
  browser = await launchChromium()
  folder = mkdtempSync(path.join(tmpdir(), 'baton-packet-'))
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As somebody opens it who saved it: from a file, without the server's headers. */
function saved(input: PacketInput, name = 'packet'): string {
  const file = path.join(folder, `${name}.html`)
  writeFileSync(file, toHtml(packetOf(input), PAGE_POLICY))
  return pathToFileURL(file).href
}

describe('the packet’s page', () => {
  it.each([
    ['light', 900, 'rgb(255, 255, 255)'],
    ['dark', 900, 'rgb(20, 25, 31)'],
    ['light', 400, 'rgb(255, 255, 255)'],
    ['dark', 400, 'rgb(20, 25, 31)'],
    ['light', 320, 'rgb(255, 255, 255)'],
  ] as const)('has its own style and nothing axe objects to, in %s at %i px', async (colorScheme, width, paper) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(saved(aFullInput()))
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(paper)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)).toEqual([])
    expect(complaints).toEqual([])
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/packet-${colorScheme}-${width}.png`, fullPage: true })
    await context.close()
  })

  it('runs nothing and asks nobody, whatever is written in it', async () => {
    const bad =
      '"><script>document.title="taken"</script><img src="https://evil.example/x.png" onerror="document.title=1">'
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const input = aFullInput()
    const hostile = { ...input, ticket: { ...input.ticket, subject: bad }, comments: [aRemark({ by: bad, text: bad })] }
    const address = saved(hostile, 'hostile')
    await page.goto(address)
    expect(await page.title()).toBe(`ESC-2026-000123: ${bad}`)
    expect(await page.locator('img, script, iframe, form').count()).toBe(0)
    expect(await page.getByRole('article').getByText(bad).count()).toBe(2)
    expect(asked).toEqual([address])
    await page.close()
  })

  it('lets each text run in its own direction', async () => {
    const page = await browser.newPage()
    await page.goto(
      saved(anInput({ comments: [aRemark({ text: 'تسجيل الدخول لا يعمل' }), aRemark({ text: 'Hello' })] })),
    )
    const directions = await page
      .locator('article .written')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).direction))
    expect(directions).toEqual(['rtl', 'ltr'])
    await page.close()
  })

  it('prints black on white without its links to itself, also for somebody who reads it in the dark', async () => {
    const context = await browser.newContext({ colorScheme: 'dark', viewport: { width: 900, height: 900 } })
    const page = await context.newPage()
    await page.goto(saved(aFullInput()))
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body)
      return { color, backgroundColor }
    })
    expect(colours).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' })
    expect(await page.getByRole('navigation').isVisible()).toBe(false)
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-')
    if (SHOTS) {
      await page.setViewportSize({ width: 794, height: 1123 })
      await page.screenshot({ path: `${SHOTS}/packet-print.png`, fullPage: true })
      await page.pdf({ path: `${SHOTS}/packet.pdf`, format: 'A4' })
    }
    await context.close()
  })
})
