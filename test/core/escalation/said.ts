import { type Answer, COMMAND_FORMS, type CommandName, type Said } from '../../../core/command/forms.ts'
import type { Stage } from '../../../core/contract/api.ts'
import type { BareMove, Fact, SaidFact, Standing, TicketFact } from '../../../core/escalation/facts.ts'
import type { Form } from '../../../core/form/form.ts'
import type { Minutes } from '../../../core/units.ts'
import { anAuthor, aPlan, DIGEST, TICKET_ID } from './facts.ts'
import { ARRIVED, aRaise, begun, changed, minute } from './ticks.ts'

export const IVO = anAuthor({ id: 31, name: 'Ivo Marek', groupIds: [2] })
export const MIRA = anAuthor({ id: 41, name: 'Mira Chen', groupIds: [3] })

export const NOBODY: Standing = {
  isReceiver: false,
  isEscalator: false,
  isLead: false,
  isAdmin: false,
  isApprover: false,
}
export const RECEIVER: Standing = { ...NOBODY, isReceiver: true }

/** What is enough for each command to be carried out. */
export const ENOUGH: { [N in CommandName]: Partial<Answer<N>> } = {
  accept: {},
  return: { reason: 'wrong_queue' },
  'ask-help': { people: ['Mira Chen'], question: 'Have you seen this before?' },
  'had-to-ask': { sections: ['Steps taken'] },
  progress: { status: 'investigating', actions_taken: ['Read the logs'] },
  'hand-on': { tier: 3, reason: 'Needs a change of code' },
  'link-issue': { url: 'https://github.com/acme/shop/issues/12' },
  'decide-release': { release: 'hotfix', date: '2026-03-08' },
  'fix-available': { version: '2.3.5' },
  resolve: {
    root_cause: 'A leak in 2.3.4',
    resolution: 'fixed_in_code',
    fix: 'Deployed 2.3.5',
    article: 'not_needed',
    article_reason: 'Gone with 2.3.5',
  },
  deescalate: { rationale: 'Stable for two days' },
  'same-problem': { escalation: 'ESC-2025-000041', ticket: 812, solution: 'Renewed the certificate' },
  approve: {},
  reject: { reason: 'The customer is not in danger' },
}

type SaidOverrides = Partial<Omit<SaidFact, 'kind'>> & { minutes?: Minutes; id?: string | null }

/** Ivo, who receives, says it so many minutes after nine, with what is enough unless told otherwise. */
export function says<N extends CommandName>(
  command: N,
  answer: Partial<Answer<N>> = {},
  { minutes = 60, id = `${minutes}`.padStart(26, 'S'), ...fact }: SaidOverrides = {},
): SaidFact {
  const form = COMMAND_FORMS[command] as unknown as Form<Answer<N>>
  const said = { command, answer: form.schema.parse({ ...ENOUGH[command], ...answer }) } as Said
  return {
    kind: 'said',
    auditId: 1000 + minutes,
    part: 0,
    at: minute(minutes),
    author: IVO,
    envelope: id === null ? null : { v: 1, verb: command, id, ticket: TICKET_ID, digest: DIGEST },
    reading: { ok: true, said, digest: DIGEST },
    standing: RECEIVER,
    target: command === 'hand-on' ? aRaise(minutes) : null,
    helpers: command === 'ask-help' ? [{ id: 41, name: 'Mira Chen' }] : [],
    issue:
      command === 'link-issue'
        ? {
            ok: true,
            issue: {
              tracker: 'github',
              host: 'github.com',
              key: 'acme/shop#12',
              url: 'https://github.com/acme/shop/issues/12',
            },
          }
        : null,
    ...fact,
  }
}

/** The way from nothing to a stage: an escalation of nine o'clock whose ticket has arrived, with a rule that waits. */
export function upTo(stage: Stage): Fact[] {
  const requested = [...begun(), ARRIVED]
  const accepted = [...requested, says('accept', {}, { minutes: 1 })]
  const resolved = [...accepted, says('resolve', {}, { minutes: 2 })]
  switch (stage) {
    case 'requested':
      return requested
    case 'accepted':
      return accepted
    case 'investigating':
    case 'fixing':
      return [...accepted, says('progress', { status: stage }, { minutes: 2 })]
    case 'returned':
      return [...requested, says('return', {}, { minutes: 1 })]
    case 'resolved':
      return resolved
    case 'monitoring':
      return resolved.map((fact) => (fact.kind === 'command' ? { ...fact, plan: watched() } : fact))
    case 'closed':
      return [...resolved, says('deescalate', {}, { minutes: 3 })]
    case 'rejected':
      return requested
  }
}

/** A plan whose policy has fixes watched for two days and everything confirmed. */
export function watched() {
  return aPlan({
    life: {
      monitoring: 2880,
      criteria: ['root_cause', 'fix_applied', 'customer_confirmed', 'monitoring_complete'],
      cadence: null,
      onRejected: 'stays',
    },
  })
}

/** Somebody moves the ticket into a group by hand; `target` is what the policy has there. */
export function moves(
  minutes: Minutes,
  groupName: string | null,
  target: BareMove['target'],
  overrides: Partial<TicketFact> & { from?: BareMove['from'] } = {},
): TicketFact {
  const { from = { groupName: 'Support', assigneeId: 11, tier: 1, priority: 'normal', tags: [] }, ...fact } = overrides
  const completeness = { score: 0, bar: 60, missing: [{ field: 'issue.summary', points: 20 }] }
  return changed(
    minutes,
    { what: 'group', to: 5, move: { groupName, target, completeness, from } },
    { author: anAuthor(), ...fact },
  )
}
