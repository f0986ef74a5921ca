import { describe, expect, it } from 'vitest'
import { resolveSteps } from '../../../core/oncall/steps.ts'
import { aLayer, aSchedule, hoursOn } from './schedules.ts'
import { at, utc } from './times.ts'

const platform = aSchedule()
const workdays = aSchedule({
  id: 'database',
  layers: [aLayer({ participants: ['gus'], hours: [hoursOn('mon tue wed thu fri', 9, 17)] })],
})
const schedules = [platform, workdays]
const steps = [
  { tell: [{ schedule: 'database' }], wait: 10 },
  { tell: [{ schedule: 'platform' }, { person: 'ana' }], wait: 15 },
  { tell: [{ person: 'lea' }], wait: 30 },
]

const outcomes = (t: string, given: Parameters<typeof resolveSteps>[0] = steps) =>
  resolveSteps(given, schedules, at(t)).map(({ event, at: due, told, uncovered }) => [
    utc(due).slice(11),
    event,
    told.map(({ person }) => person).join(' '),
    ...uncovered,
  ])

describe('resolveSteps', () => {
  it('tells whoever is on call, step by step', () => {
    expect(outcomes('2026-03-16 10:00Z')).toEqual([
      ['10:00Z', 'notified', 'gus'],
      ['10:10Z', 'notified', 'ben ana'],
      ['10:25Z', 'notified', 'lea'],
    ])
  })

  it('C18: skips an empty step at once, without its wait, and says that nobody was notified', () => {
    expect(outcomes('2026-03-21 10:00Z')).toEqual([
      ['10:00Z', 'nobody-notified', '', 'database'],
      ['10:00Z', 'notified', 'ben ana'],
      ['10:15Z', 'notified', 'lea'],
    ])
  })

  it('asks who is on call when a step is due, not when the first was', () => {
    expect(outcomes('2026-03-16 07:55Z')).toEqual([
      ['07:55Z', 'nobody-notified', '', 'database'],
      ['07:55Z', 'notified', 'ana'],
      ['08:10Z', 'notified', 'lea'],
    ])
    expect(outcomes('2026-03-16 07:55Z', [steps[2]!, steps[0]!])).toEqual([
      ['07:55Z', 'notified', 'lea'],
      ['08:25Z', 'notified', 'gus'],
    ])
  })

  it('tells the rest of a step of which one schedule is empty, and names that schedule', () => {
    const both = [{ tell: [{ schedule: 'database' }, { schedule: 'platform' }], wait: 5 }]
    expect(outcomes('2026-03-21 10:00Z', both)).toEqual([['10:00Z', 'notified', 'ben', 'database']])
  })

  it('C18: reaches nobody by a schedule that is not there, or by nothing', () => {
    const empty = [
      { tell: [{ schedule: 'gone' }], wait: 5 },
      { tell: [], wait: 5 },
    ]
    expect(outcomes('2026-03-21 10:00Z', empty)).toEqual([
      ['10:00Z', 'nobody-notified', '', 'gone'],
      ['10:00Z', 'nobody-notified', ''],
    ])
    expect(outcomes('2026-03-21 10:00Z', [])).toEqual([])
  })
})
