import { describe, expect, it } from 'vitest'
import { tellOfLife } from '../../../core/escalation/life-sentences.ts'
import { says, upTo } from './said.ts'
import { changed, fold, foldFrom } from './ticks.ts'

const PAST = 'ESC-2025-000041'

describe('the problem of a past escalation', () => {
  it('is found where nothing is open, and nothing is begun', () => {
    const { state, events, effects } = fold(says('same-problem', { escalation: 'esc-2025-41', comment: 'Told her' }))
    expect(state).toMatchObject({ escalations: [], refusals: [], stopped: { pastId: PAST, by: { name: 'Ivo Marek' } } })
    expect(events).toMatchObject([{ kind: 'same-problem', escalationId: null, pastId: PAST, stopped: true }])
    expect(effects).toEqual([])
    expect(events.map((event) => tellOfLife(event as never))).toEqual([
      `Same problem as ${PAST}; not escalated: Told her`,
    ])
  })

  it('is found in an escalation under way, which goes on', () => {
    const before = fold(...upTo('accepted')).state
    const { state, events } = foldFrom(before, [says('same-problem')])
    expect(state.escalations).toEqual(before.escalations)
    expect(state.stopped).toBeNull()
    expect(events).toMatchObject([{ kind: 'same-problem', escalationId: 'ESC-2026-000001', stopped: false }])
  })

  it('is found once, however often the command arrives', () => {
    const once = fold(says('same-problem'))
    expect(foldFrom(once.state, [says('same-problem', {}, { auditId: 2000 })]).events).toEqual([])
  })

  it.each([
    ['names none', {}, { escalation: '' }, 'no-escalation-named'],
    ['names what is no escalation', {}, { escalation: 'the one of last week' }, 'no-escalation-named'],
    ['comes from a customer', { role: 'end-user' }, {}, 'not-an-agent'],
    ['comes from a light agent', { isLightAgent: true }, {}, 'light-agent'],
  ] as const)('is refused when it %s', (_, author, answer, reason) => {
    const whole = { id: 12, name: 'Somebody', role: 'agent' as const, isLightAgent: false, groupIds: [], ...author }
    const { state, effects } = fold(says('same-problem', answer, { author: whole }))
    expect(state.refusals).toMatchObject([{ verb: 'same-problem', reason }])
    expect(state.stopped).toBeNull()
    expect(effects).toMatchObject([{ kind: 'explain-refusal' }])
  })

  it('is refused when it is an escalation of the same ticket, and on a closed ticket', () => {
    const closed = fold(...upTo('closed')).state
    const own = foldFrom(closed, [says('same-problem', { escalation: 'ESC-2026-000001' })])
    expect(own.state.refusals).toMatchObject([{ reason: 'own-escalation' }])
    const over = fold(changed(1, { what: 'status', to: 'closed' }), says('same-problem'))
    expect(over.state.refusals).toMatchObject([{ reason: 'ticket-closed' }])
  })
})
