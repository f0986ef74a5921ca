import { gzipSync } from 'node:zlib'
import { readAppFiles } from '../../server/packaging/app-files.ts'
import { openTicket, sidebarOf } from '../demo/sidebar.ts'
import { launchChromium } from '../support/chromium.ts'
import { createRunningClock } from '../support/clock.ts'
import { BUILT_APP, startLocalBaton } from '../support/local-baton.ts'
import { temporaryHome } from '../support/temporary-home.ts'
import type { BenchRow } from './row.ts'

const OPENINGS = 15
const LIMIT_MS = 700
const LIMIT_KIB = 160

/** How large the built sidebar is, and how soon the note can be written after its frame was asked for. */
export async function benchSidebar(): Promise<BenchRow[]> {
  const files = readAppFiles(BUILT_APP)
  const scripts = [...files].filter(([name]) => name.endsWith('.js'))
  const atOnce = loadedAtOnce(files)
  const initial = scripts.filter(([name]) => atOnce.has(name))
  const lazy = scripts.filter(([name]) => !atOnce.has(name))
  const { usable, blank } = await measureOpenings()
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
  return [
    {
      what: 'sidebar, scripts',
      size: `${initial.length} files that every agent loads, gzip`,
      result: `${kibOf(initial).toFixed(1)} KiB`,
      reference: `at most ${LIMIT_KIB} KiB`,
      ratio: kibOf(initial) / LIMIT_KIB,
    },
    {
      what: 'sidebar, scripts on demand',
      size: `${lazy.length} files, gzip`,
      result: `${kibOf(lazy).toFixed(1)} KiB`,
      reference: '',
      ratio: lazy.map(([name, bytes]) => `${nameOf(name)} ${kibOf([[name, bytes]]).toFixed(1)}`).join(', '),
    },
    {
      what: 'sidebar usable',
      size: `median of ${OPENINGS} openings, warm browser`,
      result: `${Math.round(median(usable))} ms`,
      reference: `an empty frame: ${Math.round(median(blank))} ms`,
      ratio: `${(median(usable) / LIMIT_MS).toFixed(2)} of 0.7 s`,
    },
  ]
}

/** What the page names, and what that imports before it runs. */
function loadedAtOnce(files: ReadonlyMap<string, Uint8Array>): Set<string> {
  const textOf = (name: string) => Buffer.from(files.get(name) ?? []).toString()
  const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => `assets/${name}`)
  const found = new Set(named(textOf('assets/index.html'), /src="\.\/([^"]+\.js)"/g))
  for (const name of found) {
    for (const needed of named(textOf(name), /(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) found.add(needed)
  }
  return found
}

function kibOf(files: readonly (readonly [string, Uint8Array])[]): number {
  return files.reduce((sum, [, bytes]) => sum + gzipSync(bytes, { level: 9 }).length, 0) / 1024
}

/** `assets/Life-B3k.js` → `Life`. */
function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/-[\w-]{8}\.js$/, '')
}

async function measureOpenings(): Promise<{ usable: number[]; blank: number[] }> {
  const free = { accountPerMinute: 1e6, sessionPer5Minutes: 1e6 }
  await using local = await startLocalBaton({
    clock: createRunningClock(),
    databaseUrl: null,
    home: temporaryHome('baton-bench-'),
    zendesk: { limits: free },
  })
  const { state } = local.zendesk.world
  const ana = Object.values(state.users).find(({ name }) => name.startsWith('Ana'))!
  const ticket = Object.values(state.tickets).find(({ subject }) => subject.startsWith('SSO login fails'))!
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const usable: number[] = []
    const blank: number[] = []
    for (let count = 0; count <= OPENINGS; count++) {
      await openTicket(page, local.zendesk.url, { as: ana.id, ticketId: ticket.id })
      const frame = page.frameLocator('iframe[title*="Baton"]:visible')
      await sidebarOf(page).field('Reason for escalation').waitFor()
      // Inside the frame, so that what the agent page needs before it is not counted.
      const ms = await frame.locator('body').evaluate(() => performance.now())
      const empty = await page.evaluate(timeEmptyFrame)
      // The first opening fills the browser's caches.
      if (count > 0) {
        usable.push(ms)
        blank.push(empty)
      }
    }
    return { usable, blank }
  } finally {
    await browser.close()
  }
}

/** Runs in the page. */
function timeEmptyFrame(): Promise<number> {
  const startedAt = performance.now()
  const frame = document.createElement('iframe')
  frame.src = '/__local/clock'
  const loaded = new Promise<number>((resolve) => {
    frame.onload = () => {
      frame.remove()
      resolve(performance.now() - startedAt)
    }
  })
  document.body.append(frame)
  return loaded
}
