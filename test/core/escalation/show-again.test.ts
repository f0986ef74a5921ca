import { describe, expect, it } from 'vitest'
import { showAgain } from '../../../core/escalation/show-again.ts'
import { type Escalation, newTicketState } from '../../../core/escalation/state.ts'
import { anEscalation } from '../customer/an-escalation.ts'

const withOne = (overrides: Partial<Escalation>) => ({
  ...{ ...newTicketState(7), lastAuditId: 40 },
  escalations: [anEscalation(overrides)],
})
const routed = (state: Escalation['routing']['state']) => ({ routing: { ...anEscalation().routing, state } })

describe('showAgain', () => {
  it('says the present stage, with an id for each time that it was looked for', () => {
    const state = withOne({ stage: 'fixing' })
    expect(showAgain(state, 5)).toMatchObject({ kind: 'show-stage', afterAuditId: 40, fields: { stage: 'fixing' } })
    expect(showAgain(state, 5)).toEqual(showAgain(state, 5))
    expect(showAgain(state, 6)!.id).not.toBe(showAgain(state, 5)!.id)
  })

  it.each([
    ['that is over', { stage: 'closed' as const }],
    ['whose update is under way', routed('pending')],
    ['whose update was refused', routed('refused')],
  ])('says nothing of one %s', (_, overrides) => {
    expect(showAgain(withOne(overrides), 5)).toBeNull()
  })
})
