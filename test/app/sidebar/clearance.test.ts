import { expect, it } from 'vitest'
import { clearanceOf, openEscalation } from '../../../app/sidebar/clearance.ts'
import type { EscalationResponse } from '../../../core/contract/api.ts'
import { AGENT, aForm, anEscalation, TICKET_ID } from '../desk.ts'

const NOW = Date.parse('2026-03-06T15:00:00Z')
const ended = anEscalation({ stage: 'closed', requestedAt: '2026-03-06T14:55:00Z' })

it.each([
  ['the server knows of none: ten minutes', anAnswer(null), null, '2026-03-06T14:50:00.000Z'],
  ['the last one is newer than that: its hand-over', anAnswer(ended), null, '2026-03-06T14:55:00.000Z'],
  ['the server is away: the last one we knew', null, ended, '2026-03-06T14:55:00Z'],
  ['the server is away and we knew of none: nothing is history', null, null, null],
])('takes for history, when %s', (_, answer, earlier, asOf) => {
  expect(clearanceOf(answer, earlier, NOW).asOf).toBe(asOf)
})

it('knows which commands came to nothing', () => {
  const refusal = {
    verb: 'escalate',
    at: '2026-03-06T14:00:00Z',
    by: AGENT,
    reason: 'wrong-group',
    detail: '',
  } as const
  const refused = [
    { ...refusal, commandId: '01JNXCCCCCCCCCCCCCCCCCCCCC' },
    { ...refusal, commandId: null },
  ]
  expect(clearanceOf({ ...anAnswer(null), refused }, null, NOW).refused).toEqual(['01JNXCCCCCCCCCCCCCCCCCCCCC'])
})

it.each([
  ['requested', true],
  ['monitoring', true],
  ['closed', false],
  ['returned', true],
  ['rejected', false],
] as const)('counts a ticket that is %s as under way: %s', (stage, isOpen) => {
  expect(openEscalation(anAnswer(anEscalation({ stage }))) !== null).toBe(isOpen)
})

function anAnswer(escalation: EscalationResponse['escalation']): EscalationResponse {
  return {
    ticketId: TICKET_ID,
    form: aForm(),
    escalation,
    refused: [],
    stopped: null,
    timeline: [],
    asOf: '2026-03-06T13:30:00Z',
    clocks: [],
  }
}
