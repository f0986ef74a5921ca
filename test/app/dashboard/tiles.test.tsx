import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { DEFAULT_THEME, ThemeProvider } from '@zendeskgarden/react-theming'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { type Desk, DeskError } from '../../../app/dashboard/api/desk.ts'
import { DeskContext } from '../../../app/dashboard/api/use-answer.ts'
import { ChartFrame } from '../../../app/dashboard/charts/ChartFrame.tsx'
import { quantile } from '../../../app/dashboard/charts/Ecdf.tsx'
import { CourseTile } from '../../../app/dashboard/report/CourseTile.tsx'
import { FigureTile } from '../../../app/dashboard/report/FigureTile.tsx'
import { en } from '../../../app/dashboard/texts/en.ts'
import { WindowContext } from '../../../app/dashboard/view/use-window.ts'
import { LanguageProvider } from '../../../app/i18n/text.tsx'
import { type MeasureDefinition, type MeasureValue, Report } from '../../../core/contract/report.ts'

const QUERY = { measures: ['sla_attainment'], by: ['week'] } as const
const WINDOW = { from: '2026-03-01T23:00:00.000Z', to: '2026-03-15T23:00:00.000Z', zone: 'Europe/Berlin' }

const definition: MeasureDefinition = {
  ...{ id: 'sla_attainment', title: 'Targets met', kind: 'share', better: 'higher' },
  ...{ definition: 'Clocks that were met.', window: 'When it was decided', denominator: 'Clocks decided.' },
  exclusions: 'Cancelled ones.',
}

function aValue(given: Partial<MeasureValue> = {}): MeasureValue {
  return {
    ...{ value: 0.8, reason: null, n: 50, hits: 40, interval: [0.67, 0.89], mean: null, p75: null, p90: null },
    ...{ open: 3, excluded: [{ why: 'merged', count: 2 }] },
    ...given,
  }
}

function aReport(value: MeasureValue, given: Partial<Report> = {}): Report {
  return Report.parse({
    ...{ window: WINDOW, asOf: '2026-03-12T10:00:00Z', syncedTo: null, by: ['week'], labels: {} },
    totals: { sla_attainment: value },
    trends: { sla_attainment: { before: 0.5, direction: 'up' } },
    groups: [{ at: { week: '2026-W10' }, values: { sla_attainment: value } }],
    ...{ definitions: [definition], targets: { sla_attainment: 0.9 } },
    ...given,
  })
}

/** Our server, which answers one report, or fails. */
function answering(read: () => Promise<unknown>): Desk {
  return { read, kept: () => undefined, send: vi.fn(), download: vi.fn() } as unknown as Desk
}

function show(desk: Desk, children: ReactNode, locale = 'en-GB') {
  return render(
    <ThemeProvider theme={DEFAULT_THEME}>
      <LanguageProvider locale={locale} timeZone="Europe/Berlin">
        <DeskContext value={desk}>
          <WindowContext value={WINDOW}>{children}</WindowContext>
        </DeskContext>
      </LanguageProvider>
    </ThemeProvider>,
  )
}

const figure = <FigureTile measure="sla_attainment" query={QUERY} />

describe('a tile', () => {
  it('says the value, how sure it is, of what, against its target and the time before', async () => {
    show(
      answering(async () => aReport(aValue())),
      figure,
    )
    expect(await screen.findByText('80%')).toBeVisible()
    expect(screen.getByText('95 % sure: 67% to 89%')).toBeVisible()
    expect(screen.getByText('40 of 50')).toBeVisible()
    expect(screen.getByText('3 not decided yet')).toBeVisible()
    expect(screen.getByText(/from 50% \(better\)/)).toBeVisible()
    expect(screen.getByText(/Target 90% missed by 10 points/)).toBeVisible()
  })

  it('says what it means behind a button', async () => {
    show(
      answering(async () => aReport(aValue())),
      figure,
    )
    const button = await screen.findByRole('button', { name: 'What “Targets met” means' })
    expect(button).toHaveAttribute('aria-expanded', 'false')
    fireEvent.click(button)
    expect(screen.getByText('Clocks that were met.')).toBeVisible()
    expect(screen.getByText('merged')).toBeVisible()
    expect(screen.getByText(/2 – 15 Mar 2026|2–15 Mar 2026/)).toBeVisible()
  })

  it('has no arrow where the intervals leave a doubt', async () => {
    const unclear = { trends: { sla_attainment: { before: 0.75, direction: 'unclear' as const } } }
    show(
      answering(async () => aReport(aValue(), unclear)),
      figure,
    )
    expect(await screen.findByText('before: 75%, no clear change')).toBeVisible()
    expect(screen.queryByText('▲')).toBeNull()
  })

  it('does not put few into large letters', async () => {
    show(
      answering(async () => aReport(aValue({ n: 3, hits: 2, value: 2 / 3 }))),
      figure,
    )
    expect(await screen.findByText('Too few (n = 3)')).toBeVisible()
    expect(screen.queryByText(/Target 90/)).toBeNull()
  })

  it('says why there is no figure', async () => {
    const none = aValue({ value: null, reason: 'No clock was decided', n: 0, hits: 0, interval: null })
    show(
      answering(async () => aReport(none)),
      figure,
    )
    expect(await screen.findByText('No clock was decided')).toBeVisible()
  })

  it('says what to do when there is no answer, and asks again', async () => {
    const read = vi.fn().mockRejectedValueOnce(new DeskError('away', 'gone')).mockResolvedValue(aReport(aValue()))
    show(answering(read), figure)
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('80%')).toBeVisible()
  })

  it('speaks German to who does', async () => {
    show(
      answering(async () => aReport(aValue())),
      figure,
      'de-DE',
    )
    expect(await screen.findByText('Ziele der Stufen erreicht')).toBeVisible()
    expect(screen.getByText(/Ziel 90\s%/)).toBeVisible()
  })
})

describe('a course', () => {
  it('has every week in its table, those without anything too, the newest first', async () => {
    show(
      answering(async () => aReport(aValue())),
      <CourseTile measure="sla_attainment" query={QUERY} />,
    )
    await waitFor(() => expect(screen.getAllByRole('row', { hidden: true }).length).toBeGreaterThan(1))
    const rows = screen.getAllByRole('row', { hidden: true }).map((row) => row.textContent)
    expect(rows.slice(1)).toEqual(['9 Mar–0', '2 Mar80%67% – 89%50'])
  })
})

describe('a chart', () => {
  it('is a named picture whose points are read out with the arrow keys', () => {
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(300)
    const marks = ['one', 'two'].map((text, index) => ({ x: index * 100, y: 10, text }))
    const chart = (
      <ChartFrame title="Over time" description="Up." height={100} draw={() => ({ marks, content: null })} />
    )
    show(
      answering(async () => null),
      chart,
    )
    expect(screen.getByRole('img', { name: 'Over time Up.' })).toBeVisible()
    const group = screen.getByRole('group', { name: 'Over time' })
    for (const [key, said] of [
      ['ArrowRight', 'one'],
      ['ArrowRight', 'two'],
      ['ArrowRight', 'two'],
      ['Home', 'one'],
    ] as const) {
      fireEvent.keyDown(group, { key })
      expect(screen.getByRole('status')).toHaveTextContent(said)
    }
    fireEvent.keyDown(group, { key: 'Escape' })
    expect(screen.getByRole('status')).toHaveTextContent('')
    vi.restoreAllMocks()
  })

  it('marks quantiles between the two nearest values', () => {
    expect([0, 0.5, 0.75, 1].map((share) => quantile([1, 2, 3, 5], share))).toEqual([1, 2.5, 3.5, 5])
  })
})

describe('the texts', () => {
  it('leave nothing to be filled in that is not named', () => {
    for (const text of Object.values(en)) expect(text).not.toMatch(/\{\W|\{\}/)
  })
})
