import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../core/escalation/facts.ts'
import {
  aRaise,
  aStep,
  aTimer,
  begun,
  changed,
  clockAt,
  commentsIn,
  countdowns,
  E,
  fold,
  foldFrom,
  minute,
  tick,
  toldIn,
} from './ticks.ts'

describe('C11: merged and closed tickets never escalate', () => {
  const plan = {
    timers: [aTimer({ after: 30 }, 'escalate')],
    onCall: [aStep(0, 20)],
    autoEscalation: { at: ['warning', 'breach'], clocks: ['customer', 'resolution'] },
  } as const
  it.each<[string, Fact]>([
    ['merged', changed(10, { what: 'merged' })],
    ['closed', changed(10, { what: 'status', to: 'closed' })],
    ['deleted', changed(10, { what: 'status', to: 'deleted' })],
    ['gone', { kind: 'gone', at: minute(10) }],
  ])('%s, it has nothing due any more', (_, end) => {
    const { state } = fold(...begun(plan), end)
    expect(countdowns(state, 10)).toEqual([])
    expect(foldFrom(state, [tick(99_999, aRaise())])).toMatchObject({ events: [], effects: [] })
    expect(clockAt(state, `${E}/0/resolution`, 99_999)).toMatchObject({ phase: 'cancelled', breachedAt: null })
    expect(clockAt(state, 'customer', 99_999)).toMatchObject({ phase: 'cancelled', breachedAt: null })
  })

  it('a breach that nobody had looked at before the end is recorded with the end, and told to nobody', () => {
    const { events, effects } = fold(...begun(), changed(70, { what: 'status', to: 'closed' }), tick(600, aRaise()))
    expect(toldIn(events)).toEqual([
      ['clock-warned', `${E}/0/first-response 75`, 45],
      ['clock-breached', `${E}/0/first-response`, 60],
    ])
    expect(events.at(-1)).toMatchObject({ kind: 'ticket-ended', status: 'closed' })
    expect(commentsIn(effects)).toEqual([])
  })

  it('an end that comes to be known late takes back what was told of the time after it', () => {
    const { state, events } = fold(...begun(), tick(70), changed(50, { what: 'merged' }))
    expect(events.slice(-2)).toMatchObject([
      { kind: 'ticket-ended', status: 'merged' },
      { kind: 'clock-corrected', told: `${E}/0/first-response/breach` },
    ])
    expect(state.told).toEqual([`${E}/0/first-response/warning/75`])
  })

  it('a solved ticket has nothing due until it is reopened', () => {
    const { state } = fold(...begun(plan), changed(10, { what: 'status', to: 'solved' }))
    expect(
      countdowns({ ...state, escalations: state.escalations.map((one) => ({ ...one, stage: 'accepted' })) }, 60),
    ).toEqual([])
    const reopened = foldFrom(state, [changed(500, { what: 'status', to: 'open' })]).state
    expect(countdowns(reopened, 500).map(([id]) => id)).toContain(`${E}/0/resolution/breach`)
  })
})
