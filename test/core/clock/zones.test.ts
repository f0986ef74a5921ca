import { describe, expect, it } from 'vitest'
import { localDay } from '../../../core/clock/local-date.ts'
import { offsetAt, offsetSpans, startOfDay } from '../../../core/clock/zones.ts'
import { HOUR_MS, SECOND_MS } from '../../../core/units.ts'
import { at, written } from './instants.ts'

describe('offsetSpans', () => {
  it('finds the shortest summer time on record, one week of it', () => {
    const spans = offsetSpans('America/Boa_Vista', at('2000-09-01 00:00Z'), at('2000-12-01 00:00Z'))
    expect(spans.map(({ from, offsetMs }) => [written(from), offsetMs / HOUR_MS])).toEqual([
      ['2000-09-01 00:00Z', -4],
      ['2000-10-08 04:00Z', -3],
      ['2000-10-15 03:00Z', -4],
    ])
  })

  it('answers the same whichever years were asked about before', () => {
    const ask = (zone: string) => offsetSpans(zone, at('2010-01-01 00:00Z'), at('2015-01-01 00:00Z'))
    const first = ask('Europe/Vienna')
    offsetSpans('Europe/Zurich', at('2012-03-25 01:00Z'), at('2012-03-25 01:00:30Z'))
    offsetSpans('Europe/Zurich', at('2018-06-01 00:00Z'), at('2018-06-02 00:00Z'))
    expect(ask('Europe/Zurich')).toEqual(first)
    expect(ask('Europe/Vienna')).toEqual(first)
  })

  it('is one span where nothing changes', () => {
    const [from, to] = [at('2000-01-01 00:00Z'), at('2036-01-01 00:00Z')]
    expect(offsetSpans('Asia/Kathmandu', from, to)).toEqual([{ from, to, offsetMs: 5.75 * HOUR_MS }])
  })
})

describe('offsetAt', () => {
  it('knows offsets to the second, as Monrovia kept until 1972', () => {
    expect(offsetAt('Africa/Monrovia', at('1970-01-01 00:00Z'))).toBe(-(44 * 60 + 30) * SECOND_MS)
  })
})

describe('startOfDay', () => {
  it.each([
    ['on an ordinary day', 'Europe/Berlin', '2026-07-01', '2026-06-30 22:00Z'],
    ['that begins at one', 'America/Sao_Paulo', '2018-11-04', '2018-11-04 03:00Z'],
    ['whose midnight comes once before clocks go back', 'Asia/Tehran', '2022-09-21', '2022-09-20 19:30Z'],
    ['that a zone skipped', 'Pacific/Apia', '2011-12-30', '2011-12-30 10:00Z'],
  ])('is the first instant of a date %s', (_, zone, date, instant) => {
    expect(written(startOfDay(zone, localDay(date)!))).toBe(instant)
  })
})
