import { describe, expect, it } from 'vitest'
import { openEscalation } from '../../../core/escalation/state.ts'
import { aCommand, aDecision, anAuthor, aPlan } from './facts.ts'
import { NOBODY, says, upTo, watched } from './said.ts'
import { ARRIVED, aRaise, begun, fold, foldFrom } from './ticks.ts'

const waits = {
  ...{ rule: 'business-critical', title: 'Business critical', matched: true, set: {}, all: [], any: [] },
  skipped: 'Waits for the approval of Director',
}
const decision = aDecision({ trace: [waits] })
const asked = [begun()[0], { ...begun()[1], decision }, ARRIVED]
const director = { author: anAuthor({ id: 77, name: 'Dee Rector' }), standing: { ...NOBODY, isApprover: true } }

describe('a rule that needs an approval', () => {
  it('is carried out without it at once, and asks', () => {
    const { state, events } = fold(...asked)
    expect(openEscalation(state)).toMatchObject({
      stage: 'requested',
      decision: { tier: 2 },
      approval: { state: 'pending', of: 'Director' },
    })
    expect(events.map(({ kind }) => kind)).toContain('approval-asked')
  })

  it('hands the ticket on once it is approved', () => {
    const { state, events, effects } = foldFrom(fold(...asked).state, [
      says('approve', {}, { ...director, target: aRaise(60) }),
    ])
    expect(openEscalation(state)).toMatchObject({
      decision: { tier: 3 },
      approval: { state: 'approved', by: { name: 'Dee Rector' } },
    })
    expect(events.map(({ kind }) => kind).slice(0, 2)).toEqual(['approved', 'handed-on'])
    expect(effects[0]!.comment).toContain('Business critical, approved')
  })

  it('is answered once', () => {
    const once = fold(...asked, says('approve', {}, { ...director, target: aRaise(60) })).state
    const { state } = foldFrom(once, [says('reject', {}, { ...director, minutes: 70 })])
    expect(state.refusals).toMatchObject([
      { reason: 'nothing-to-approve', detail: 'Dee Rector has answered already: “Business critical” is approved.' },
    ])
  })

  it('that is not approved changes nothing else, unless the policy ends the escalation with it', () => {
    const stays = fold(...asked, says('reject', {}, director))
    expect(openEscalation(stays.state)).toMatchObject({ stage: 'requested', approval: { state: 'rejected' } })
    const ending = { ...watched(), life: { ...watched().life!, onRejected: 'ends' as const } }
    const ends = fold(begun()[0], { ...begun()[1], decision, plan: ending }, ARRIVED, says('reject', {}, director))
    expect(ends.state.escalations).toMatchObject([
      { stage: 'rejected', ending: { how: 'rejected', rationale: 'The customer is not in danger' } },
    ])
    expect(ends.effects.at(-1)).toMatchObject({ group: 'Support', fields: { stage: 'rejected' } })
  })

  it('needs a reason to be refused', () => {
    const { state } = fold(...asked, says('reject', { reason: '' }, director))
    expect(state.refusals).toMatchObject([{ reason: 'no-reason' }])
  })

  it('is not asked for again by a completed note, and forgotten when that needs none', () => {
    const amend = (overrides: object) =>
      aCommand({ verb: 'amend', id: 'B'.repeat(26), auditId: 1050, plan: aPlan(), ...overrides })
    const again = foldFrom(fold(...asked).state, [amend({ decision })])
    expect(again.events.map(({ kind }) => kind)).not.toContain('approval-asked')
    expect(openEscalation(foldFrom(fold(...asked).state, [amend({})]).state)!.approval).toBeNull()
  })
})

describe('an owner', () => {
  it('is whoever accepts, and changes with the assignee', () => {
    const { state } = fold(...upTo('accepted'))
    expect(openEscalation(state)!.owner).toEqual({ id: 31, name: 'Ivo Marek' })
  })
})
