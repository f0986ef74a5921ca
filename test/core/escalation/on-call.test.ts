import { describe, expect, it } from 'vitest'
import { ARRIVED, aRaise, aStep, begun, changed, commentsIn, countdowns, E, fold, tick, toldIn } from './ticks.ts'

describe('C18: an on-call step that reaches nobody says so and is not waited for', () => {
  const onCall = [aStep(0, 0, []), aStep(1, 0), aStep(2, 15, ['jo@northwind.example'])]

  it('the next is told at the same look', () => {
    const { events, effects } = fold(...begun({ onCall }), tick(0))
    expect(toldIn(events)).toEqual([
      ['nobody-notified', 'identity 0', 0],
      ['on-call-told', 'identity 1', 0],
    ])
    expect(commentsIn(effects)[0]).toBe(
      [
        `Due on ${E}:`,
        '',
        '- Step 1 of on-call for identity, due on 2026-03-06 09:00 UTC: nobody is on call in database. Baton goes on to the next step at once.',
        '- Step 2 of on-call for identity, due on 2026-03-06 09:00 UTC: ivo@northwind.example. Please accept the ticket.',
      ].join('\n'),
    )
  })

  it('whoever is on call for the tier that takes over is told at the same look, in the same comment', () => {
    const plan = { autoEscalation: { at: ['breach'], clocks: ['first-response'] } } as const
    const { state, events, effects } = fold(...begun(plan), tick(61, aRaise(61, { onCall: [aStep(0, 61)] })))
    expect(events.map(({ kind }) => kind)).toEqual([
      'requested',
      'clock-warned',
      'clock-breached',
      'raised',
      'on-call-told',
    ])
    expect(commentsIn(effects)).toHaveLength(1)
    expect(commentsIn(effects)[0]).toContain('Step 1 of on-call for platform, due on 2026-03-06 10:01 UTC: ivo@')
    expect(countdowns(state, 61).filter(([, dueAt]) => dueAt <= 61)).toEqual([])
  })

  it('nobody else is told once somebody has accepted', () => {
    const accepted = changed(10, { what: 'assigned', to: 31, name: 'Ivo Marek' })
    const { events } = fold(...begun({ onCall }), ARRIVED, tick(0), accepted, tick(30))
    expect(toldIn(events)).toHaveLength(2)
  })

  it('an acknowledged escalation does not tell anybody two months later', () => {
    const accepted = changed(10, { what: 'assigned', to: 31, name: 'Ivo Marek' })
    const { state } = fold(...begun({ clocks: {}, onCall }), ARRIVED, accepted)
    expect(countdowns(state, 60 * 24 * 60)).toEqual([])
  })
})
