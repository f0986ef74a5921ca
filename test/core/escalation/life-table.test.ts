import { describe, expect, it } from 'vitest'
import { COMMAND_NAMES, type CommandName } from '../../../core/command/forms.ts'
import type { Stage } from '../../../core/contract/api.ts'
import type { SaidFact, Standing } from '../../../core/escalation/facts.ts'
import { commandsIn } from '../../../core/escalation/life.ts'
import { openEscalation } from '../../../core/escalation/state.ts'
import { NOBODY, RECEIVER, says, upTo } from './said.ts'
import { fold, foldFrom } from './ticks.ts'

const STAGES = ['requested', 'accepted', 'investigating', 'fixing', 'returned', 'resolved', 'monitoring'] as const

/** What follows from each command in each of these stages; a dash where it is refused. */
const TABLE: Record<Exclude<CommandName, 'approve' | 'reject'>, string> = {
  //                requested  accepted      investigating fixing        returned   resolved   monitoring
  accept: '         accepted   -             -             -             -          -          -',
  return: '         returned   returned      returned      returned      -          -          -',
  'ask-help': '     -          accepted      investigating fixing        -          -          -',
  'had-to-ask': '   requested  accepted      investigating fixing        returned   resolved   monitoring',
  progress: '       -          investigating investigating investigating -          -          -',
  'hand-on': '      requested  requested     requested     requested     -          -          -',
  'link-issue': '   requested  accepted      investigating fixing        returned   resolved   monitoring',
  'decide-release': '-         accepted      investigating fixing        -          -          -',
  'fix-available': '-          -             fixing        fixing        -          -          -',
  resolve: '        -          resolved      resolved      resolved      -          -          -',
  'same-problem': ' requested  accepted      investigating fixing        returned   resolved   monitoring',
  deescalate: '     -          -             -             -             closed     closed     closed',
}

const rows = Object.entries(TABLE).flatMap(([command, row]) =>
  row
    .trim()
    .split(/\s+/)
    .map((next, index): [CommandName, Stage, string] => [command as CommandName, STAGES[index]!, next]),
)

describe('what can be said in each stage', () => {
  it.each(rows)('%s in %s: %s', (command, stage, next) => {
    const { state } = fold(...upTo(stage))
    expect(openEscalation(state)?.stage).toBe(stage)
    const after = foldFrom(state, [says(command)])
    const [escalation] = after.state.escalations
    if (next === '-') {
      expect(after.state.refusals).toMatchObject([{ reason: 'wrong-stage', verb: command, by: { name: 'Ivo Marek' } }])
      expect(escalation).toEqual(state.escalations[0])
      expect(after.effects).toMatchObject([{ kind: 'explain-refusal' }])
    } else {
      expect(after.state.refusals).toEqual([])
      expect(escalation!.stage).toBe(next)
    }
  })

  const needOpen = COMMAND_NAMES.filter((name) => name !== 'same-problem')

  it.each(needOpen)('is nothing once the escalation has ended: %s', (command) => {
    const { state } = fold(...upTo('closed'))
    const after = foldFrom(state, [says(command)])
    expect(after.state.refusals).toMatchObject([{ reason: 'nothing-open' }])
    expect(after.state.refusals[0]!.detail).toContain('ESC-2026-000001 ended on 2026-03-06 09:03 UTC')
  })

  it.each(needOpen)('is nothing on a ticket without an escalation: %s', (command) => {
    const { state } = fold(says(command))
    expect(state.refusals).toMatchObject([
      { reason: 'nothing-open', detail: 'No escalation is open on this ticket. Escalate it first.' },
    ])
  })

  it('is offered by the same table', () => {
    expect(commandsIn('requested', RECEIVER)).toEqual([
      'accept',
      'return',
      'had-to-ask',
      'hand-on',
      'link-issue',
      'same-problem',
    ])
    expect(commandsIn('requested', NOBODY)).toEqual(['link-issue', 'same-problem'])
    expect(commandsIn('returned', { ...NOBODY, isEscalator: true })).toEqual([
      ...['link-issue', 'deescalate', 'same-problem'],
    ])
    expect(commandsIn('closed', RECEIVER)).toEqual([])
  })
})

describe('who may say it', () => {
  const receiving = COMMAND_NAMES.filter((name) => !['link-issue', 'same-problem', 'approve', 'reject'].includes(name))
  const stageFor = (command: CommandName): Stage =>
    (({ accept: 'requested', deescalate: 'resolved', 'fix-available': 'fixing' })[command as string] as Stage) ??
    'accepted'
  const refusedFor = (command: CommandName, standing: Standing, overrides: Partial<SaidFact> = {}) => {
    const { state } = fold(...upTo(stageFor(command)))
    return foldFrom(state, [says(command, {}, { standing, ...overrides })]).state.refusals.map(({ reason }) => reason)
  }

  it.each(receiving)('is the people of the queue, the lead or an admin: %s', (command) => {
    expect(refusedFor(command, { ...NOBODY, isReceiver: true })).toEqual([])
    expect(refusedFor(command, { ...NOBODY, isLead: true })).toEqual([])
    expect(refusedFor(command, { ...NOBODY, isAdmin: true })).toEqual([])
    expect(refusedFor(command, { ...NOBODY, isEscalator: true, isApprover: true })).toEqual(['not-yours'])
  })

  it.each(['link-issue', 'same-problem'] as const)('is any agent for %s', (command) => {
    expect(refusedFor(command, NOBODY)).toEqual([])
  })

  it.each(['approve', 'reject'] as const)('is not the receiving queue for %s', (command) => {
    expect(refusedFor(command, RECEIVER)).toEqual(['not-yours'])
  })

  it.each(COMMAND_NAMES)('is never a customer: %s', (command) => {
    const author = { id: 12, name: 'Customer', role: 'end-user' as const, isLightAgent: false, groupIds: [] }
    expect(refusedFor(command, { ...RECEIVER, isAdmin: true }, { author })).toEqual(['not-an-agent'])
  })

  it('is a light agent only where they are asked to approve', () => {
    const author = { id: 12, name: 'Director', role: 'agent' as const, isLightAgent: true, groupIds: [] }
    expect(refusedFor('accept', RECEIVER, { author })).toEqual(['light-agent'])
    expect(refusedFor('approve', { ...NOBODY, isApprover: true }, { author })).toEqual(['nothing-to-approve'])
  })
})
