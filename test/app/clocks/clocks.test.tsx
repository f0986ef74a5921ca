import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClockView } from '../../../core/contract/api.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { anEscalation, type Desk } from '../desk.ts'
import { openSidebar } from '../start.tsx'
import { aClock, aCustomerClock, anExplanation } from './a-clock.ts'

/** Friday, 14:30 in Berlin, where the agent is. */
const NOW = Date.parse('2026-03-06T13:30:00Z')
const EXPLAIN = /^GET .*\/clocks\//

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

describe('the nearest clock', () => {
  it('says which it is, of which tier, how long is left, until when and by which schedule (C16)', async () => {
    const { clocks } = await open([aClock(), aCustomerClock()])
    expect(clocks).toHaveTextContent('Resolution clock, L2')
    expect(clocks).toHaveTextContent('2 h left')
    expect(clocks).toHaveTextContent('due 4:30 PM · Berlin office')
    const meter = screen.getByRole('meter', { name: 'Resolution clock, L2' })
    expect(meter).toHaveAttribute('aria-valuetext', '2 hours left')
    expect(meter).toHaveAttribute('aria-valuenow', '75')
  })

  it('counts down by itself, to the second when little is left', async () => {
    const { clocks, desk } = await open([aClock()])
    desk.isServerDown = true
    await pass(55 * MINUTE_MS)
    expect(clocks).toHaveTextContent('1 h 5 min left')
    await pass(HOUR_MS + 4 * MINUTE_MS + 15 * SECOND_MS)
    expect(clocks).toHaveTextContent('45 s left')
  })

  it('counts by the server’s time, whatever the browser’s clock says', async () => {
    const { clocks, desk } = await open([aClock()], (desk) => {
      vi.setSystemTime(NOW - 3 * DAY_MS)
      desk.asOf = '2026-03-06T13:30:00Z'
    })
    expect(clocks).toHaveTextContent('2 h left')
    expect(clocks).toHaveTextContent('due 4:30 PM')
    desk.isServerDown = true
    await pass(MINUTE_MS)
    expect(clocks).toHaveTextContent('1 h 59 min left')
  })

  it('follows a server whose time was moved, with the next look', async () => {
    const { clocks, desk } = await open([aClock()])
    desk.asOf = '2026-03-06T15:00:00Z'
    desk.clocks = [aClock({ elapsedMs: 7.5 * HOUR_MS, counting: [{ from: desk.asOf, to: '2026-03-06T15:30:00Z' }] })]
    await pass(30 * SECOND_MS)
    expect(clocks).toHaveTextContent('30 min left')
    desk.isServerDown = true
    await pass(MINUTE_MS)
    expect(clocks).toHaveTextContent('29 min left')
  })

  it('stands still while nobody is at work, and says when it counts again', async () => {
    const monday = { from: '2026-03-09T08:00:00Z', to: '2026-03-09T09:30:00Z' }
    const counting = [{ from: '2026-03-06T13:30:00Z', to: '2026-03-06T14:00:00Z' }, monday]
    const { clocks, desk } = await open([aClock({ deadline: monday.to, counting })])
    expect(clocks).toHaveTextContent('due Mon 10:30 AM')
    desk.isServerDown = true
    await pass(2 * HOUR_MS)
    expect(clocks).toHaveTextContent('1 h 30 min left')
    expect(clocks).toHaveTextContent('outside hours, counts again Mon 9:00 AM · due Mon 10:30 AM')
    await pass(Date.parse(monday.from) - NOW - 2 * HOUR_MS + 10 * MINUTE_MS)
    expect(clocks).toHaveTextContent('1 h 20 min left')
    expect(clocks).not.toHaveTextContent('outside hours')
  })

  it.each<[string, Partial<ClockView>['paused'], string]>([
    ['the status', { status: 'pending', why: null, by: 'Ana' }, 'paused while pending, by Ana · Berlin office'],
    ['the reason', { status: null, why: 'Customer on holiday', by: 'Ben' }, 'paused: Customer on holiday, by Ben'],
    ['a status of the account’s own', { status: 'with_vendor', why: null, by: null }, 'paused while with_vendor ·'],
    ['nothing more when nobody knows', { status: null, why: null, by: null }, 'paused · Berlin office'],
  ])('says that it is paused, with %s', async (_, paused, told) => {
    const { clocks, desk } = await open([aClock({ state: 'paused', deadline: null, counting: [], paused: paused! })])
    expect(clocks).toHaveTextContent(told)
    expect(clocks).toHaveTextContent('2 h left')
    desk.isServerDown = true
    await pass(HOUR_MS)
    expect(clocks).toHaveTextContent('2 h left')
  })

  it('says that it is met, and what there was to spare', async () => {
    const { clocks } = await open([aClock({ state: 'met', deadline: null, counting: [] })])
    expect(clocks).toHaveTextContent('Resolution clock, L2met')
    expect(clocks).toHaveTextContent('2 h to spare')
  })

  it('says that it is breached and counts up by how much', async () => {
    const breached = aClock({
      ...{ state: 'breached', elapsedMs: 8 * HOUR_MS + 5 * MINUTE_MS },
      ...{ deadline: '2026-03-06T13:25:00Z', breachedAt: '2026-03-06T13:25:00Z' },
      counting: [{ from: '2026-03-06T13:30:00Z', to: '2026-03-06T16:00:00Z' }],
    })
    const { clocks, desk } = await open([breached])
    expect(clocks).toHaveTextContent('breached +5 min')
    expect(clocks).toHaveTextContent('was due 2:25 PM')
    expect(screen.getByRole('meter')).toHaveAttribute('aria-valuenow', '100')
    desk.isServerDown = true
    await pass(HOUR_MS)
    expect(clocks).toHaveTextContent('breached +1 h 5 min')
  })

  it('says that it is breached before the server was asked again, and asks at once', async () => {
    const { clocks, desk } = await open([aClock()])
    desk.isServerDown = true
    await pass(2 * HOUR_MS)
    expect(clocks).toHaveTextContent('breached')
    desk.isServerDown = false
    desk.clocks = [aClock({ state: 'breached', elapsedMs: 8 * HOUR_MS, breachedAt: '2026-03-06T15:30:00Z' })]
    await pass(3 * SECOND_MS)
    expect(clocks).toHaveTextContent('was due 4:30 PM')
  })

  it.each([
    ['cancelled', 'cancelled'],
    ['waiting', 'not started'],
  ] as const)('says that it is %s', async (state, told) => {
    const { clocks } = await open([aClock({ state, deadline: null, counting: [] })])
    expect(clocks).toHaveTextContent(told)
  })

  it('has the others one line below, each with its name', async () => {
    const firstResponse = aClock({ id: 'ESC-2026-000123/0/first-response', name: 'first-response' })
    await open([aClock(), firstResponse, aCustomerClock()])
    const others = screen.getByText('2 more clocks').closest('details')!
    expect(others).not.toHaveAttribute('open')
    fireEvent.click(screen.getByText('2 more clocks'))
    const names = within(others)
      .getAllByRole('meter', { hidden: true })
      .map((meter) => meter.getAttribute('aria-label'))
    expect(names).toEqual(['First response clock, L2', 'Customer clock'])
    expect(others).toHaveTextContent('1 day 4 h left')
    expect(others).toHaveTextContent('every hour counts')
  })

  it('takes the place of “Respond by” where it is the first response’s', async () => {
    await open([aClock({ name: 'first-response' })])
    expect(screen.queryByText('Respond by')).toBeNull()
  })

  it('is not there when there is none', async () => {
    await openSidebar((desk) => {
      desk.escalation = anEscalation()
    })
    await pass(100)
    expect(screen.getByText('Respond by')).toBeVisible()
    expect(screen.queryByRole('region', { name: 'Clocks' })).toBeNull()
  })

  it('speaks German, in the agent’s time zone', async () => {
    const { clocks } = await open(
      [aClock({ state: 'paused', paused: { status: 'pending', why: null, by: 'Ana' } })],
      (desk) => {
        desk.locale = 'de'
        desk.explanation = anExplanation()
      },
      'Fristen',
    )
    expect(clocks).toHaveTextContent('Lösungsfrist, L2')
    expect(clocks).toHaveTextContent('noch 2 h')
    expect(clocks).toHaveTextContent('ruht, solange wartend, durch Ana')
  })
})

describe('the explanation of a clock', () => {
  it('tells in one sentence and in stretches what was counted and what was not, and why', async () => {
    const { desk } = await open([aClock()], (it) => {
      it.explanation = anExplanation()
    })
    const button = await askWhy()
    expect(button).toHaveAttribute('aria-expanded', 'true')
    const panel = screen.getByRole('region', { name: 'Why then: Resolution clock, L2' })
    expect(panel).toHaveTextContent('The tier 2 resolution clock is due 2026-03-10 10:00 Europe/Berlin: 8h counted.')
    expect(
      within(panel)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent!.replace(/[\s\u202f]/g, ' ')),
    ).toEqual([
      'counted1 h10:00 AM to 11:00 AM',
      'paused: pending, by Ana Agent30 min11:00 AM to 11:30 AM',
      'counted5 h 30 min11:30 AM to 5:00 PM',
      'outside hours2 days 7 h5:00 PM to Mon 12:00 AM',
      'Founders’ day1 dayMon 12:00 AM to Tue 12:00 AM',
      'counted1 h 30 minTue 9:00 AM to 10:30 AM',
    ])
    expect(panel).toHaveTextContent('Policy 2026-03-01.1')
    expect(panel).toHaveTextContent('Berlin office (Europe/Berlin), version 3f9a')
    const { url } = desk.calls.find(({ method, url }) => EXPLAIN.test(`${method} ${url}`))!
    expect(url).toMatch(/\/api\/tickets\/35436\/clocks\/ESC-2026-000123%2F0%2Fresolution\?language=en$/)
  })

  it('is folded away again with the same button', async () => {
    await open([aClock()], (desk) => {
      desk.explanation = anExplanation()
    })
    fireEvent.click(await askWhy())
    expect(screen.queryByRole('region', { name: /^Why then/ })).toBeNull()
  })

  it('is asked for only by those who want it, and once for each deadline', async () => {
    const { desk } = await open([aClock()], (it) => {
      it.explanation = anExplanation()
    })
    expect(explanationsAsked(desk)).toBe(0)
    await askWhy()
    await pass(2 * MINUTE_MS)
    expect(explanationsAsked(desk)).toBe(1)
    desk.clocks = [aClock({ deadline: '2026-03-06T15:40:00Z' })]
    await pass(30 * SECOND_MS)
    expect(explanationsAsked(desk)).toBe(2)
  })

  it('shows the last stretches of many, and all on request', async () => {
    await open([aClock()], (desk) => {
      const [first] = anExplanation().stretches
      const stretches = Array.from({ length: 40 }, (_, day) => ({
        ...first!,
        from: new Date(NOW + day * DAY_MS).toISOString(),
        to: new Date(NOW + day * DAY_MS + HOUR_MS).toISOString(),
      }))
      desk.explanation = anExplanation({ stretches })
    })
    await askWhy()
    const panel = screen.getByRole('region', { name: /^Why then/ })
    expect(within(panel).getAllByRole('listitem')).toHaveLength(8)
    fireEvent.click(within(panel).getByRole('button', { name: 'Show 32 earlier ones' }))
    expect(within(panel).getAllByRole('listitem')).toHaveLength(40)
  })

  it('says that it is being worked out', async () => {
    await open([aClock()], (desk) => desk.fault(`GET ${explanationUrl()}`, 'silence'))
    await askWhy()
    expect(screen.getByRole('status', { name: 'Working out why' })).toBeVisible()
  })

  it('says when it cannot be had, and tries again', async () => {
    await open([aClock()], (desk) => {
      desk.explanation = anExplanation()
      desk.fault(`GET ${explanationUrl()}`, { status: 500 })
    })
    await askWhy()
    expect(screen.getByText('The explanation could not be loaded')).toBeVisible()
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await pass(100)
    expect(screen.getByText(/^The tier 2 resolution clock is due/)).toBeVisible()
  })

  it('says when nothing has been counted yet', async () => {
    await open([aClock()], (desk) => {
      desk.explanation = anExplanation({ stretches: [], schedules: [], policyVersion: null })
    })
    await askWhy()
    expect(screen.getByText('Nothing has been counted yet.')).toBeVisible()
  })
})

describe('what is read out of the nearest clock', () => {
  it('is each threshold once, politely, and the breach at once; the regions are empty otherwise', async () => {
    const { desk, heard } = await open([aMinutesClock()])
    desk.isServerDown = true
    await passInSteps(7 * MINUTE_MS)
    expect(heard()).toEqual([
      'polite: Resolution clock, L2: 25% of the time or less is left, 3 minutes.',
      '',
      'polite: Resolution clock, L2: 10% of the time or less is left, 1 minute.',
      '',
      'assertive: Resolution clock, L2: breached.',
      '',
    ])
  })

  it('is the gravest only when time jumped over several', async () => {
    const { desk, heard } = await open([aClock({ elapsedMs: 4 * HOUR_MS, ...until('17:30') })])
    desk.asOf = '2026-03-06T18:00:00Z'
    desk.clocks = [aClock({ state: 'breached', elapsedMs: 8.5 * HOUR_MS, breachedAt: '2026-03-06T17:30:00Z' })]
    await pass(5 * MINUTE_MS)
    expect(heard()[0]).toBe('assertive: Resolution clock, L2: breached.')
    expect(heard().filter(Boolean)).toHaveLength(1)
  })

  it('is not repeated by looking again', async () => {
    const { desk, heard } = await open([aClock({ elapsedMs: 5.99 * HOUR_MS })])
    for (let look = 1; look <= 10; look++) {
      const elapsedMs = 5.99 * HOUR_MS + look * 30 * SECOND_MS
      desk.clocks = [aClock({ elapsedMs, counting: [{ from: isoIn(look * 30), to: isoIn(7200) }] })]
      await pass(30 * SECOND_MS)
    }
    expect(heard().filter(Boolean)).toHaveLength(1)
  })

  it('is nothing when the page opens with little left: the text says it', async () => {
    const { desk, heard } = await open([aClock({ elapsedMs: 7.9 * HOUR_MS })])
    desk.isServerDown = true
    await pass(MINUTE_MS)
    expect(heard()).toEqual([])
  })

  it('is the breach of the clock that was nearest, when another is in front by then', async () => {
    const { desk, heard } = await open([aClock({ elapsedMs: 7.75 * HOUR_MS, ...until('13:45') }), aCustomerClock()])
    desk.asOf = '2026-03-06T14:00:00Z'
    desk.clocks = [
      aCustomerClock(),
      aClock({ state: 'breached', elapsedMs: 8.25 * HOUR_MS, breachedAt: '2026-03-06T13:45:00Z' }),
    ]
    await pass(MINUTE_MS)
    expect(heard()[0]).toBe('assertive: Resolution clock, L2: breached.')
    expect(heard().filter(Boolean)).toHaveLength(1)
  })

  it('is nothing of the clocks behind it', async () => {
    const { desk, heard } = await open([
      aClock({ elapsedMs: HOUR_MS, ...until('20:30') }),
      aCustomerClock({ elapsedMs: 35.9 * HOUR_MS }),
    ])
    desk.isServerDown = true
    await pass(HOUR_MS)
    expect(heard()).toEqual([])
  })

  it('goes on while the note is being completed', async () => {
    const { desk, heard } = await open([aClock({ elapsedMs: 5.9 * HOUR_MS })])
    fireEvent.click(screen.getByRole('button', { name: 'Complete the note' }))
    desk.isServerDown = true
    await pass(10 * MINUTE_MS)
    expect(heard().filter(Boolean)).toHaveLength(1)
  })
})

/** The sidebar at an open escalation with these clocks, its region and everything it read out. */
async function open(clocks: ClockView[], arrange: (desk: Desk) => void = () => {}, title = 'Clocks') {
  const { desk } = await openSidebar((it) => {
    it.escalation = anEscalation()
    it.clocks = clocks
    arrange(it)
  })
  await pass(10)
  return { desk, heard: listen(), clocks: screen.getByRole('region', { name: title }) }
}

/** Everything the live regions have held, an empty text where they were emptied. */
function listen(): () => string[] {
  const said: string[] = []
  const listener = new MutationObserver(() => {
    const text = liveText()
    if (text !== (said.at(-1) ?? '')) said.push(text)
  })
  listener.observe(document.body, { subtree: true, childList: true, characterData: true })
  return () => said
}

function liveText(): string {
  return [...document.querySelectorAll('[aria-live]')]
    .filter(({ textContent }) => textContent?.includes('clock'))
    .map((region) => `${region.getAttribute('aria-live')}: ${region.textContent}`)
    .join(' | ')
}

async function askWhy(): Promise<HTMLElement> {
  const button = screen.getByRole('button', { name: 'Why then? Resolution clock, L2' })
  fireEvent.click(button)
  // The code of the panel is a file of its own.
  await act(() => vi.dynamicImportSettled())
  await pass(100)
  return button
}

async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms))
}

/** Time goes on as people see it: drawn anew every second. */
async function passInSteps(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += SECOND_MS) await pass(SECOND_MS)
}

/** Ten minutes, half of them left. */
function aMinutesClock(): ClockView {
  const times = { targetMs: 10 * MINUTE_MS, elapsedMs: 5 * MINUTE_MS }
  return aClock({ ...times, ...until('13:35') })
}

function until(time: string): Pick<ClockView, 'deadline' | 'counting'> {
  const to = `2026-03-06T${time}:00Z`
  return { deadline: to, counting: [{ from: '2026-03-06T13:30:00Z', to }] }
}

function isoIn(seconds: number): string {
  return new Date(NOW + seconds * SECOND_MS).toISOString()
}

function explanationUrl(): string {
  return `https://baton.acme.test/api/tickets/35436/clocks/${encodeURIComponent(aClock().id)}`
}

function explanationsAsked(desk: Desk): number {
  return desk.calls.filter(({ method, url }) => EXPLAIN.test(`${method} ${url}`)).length
}
