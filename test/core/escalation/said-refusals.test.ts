import { describe, expect, it } from 'vitest'
import type { Fact, SaidFact } from '../../../core/escalation/facts.ts'
import { aDecision, aPlan, commandId, DIGEST } from './facts.ts'
import { says, upTo } from './said.ts'
import { changed, fold, foldFrom } from './ticks.ts'

type Case = [string, Fact[], SaidFact, { reason: string; detail: RegExp }]

const at = { minutes: 60 }
const BAD: Case[] = [
  [
    'a return without a reason',
    upTo('requested'),
    says('return', { reason: null }),
    { reason: 'no-reason', detail: /Choose one/ },
  ],
  [
    'a return as incomplete that does not say of what',
    upTo('requested'),
    says('return', { reason: 'incomplete' }),
    { reason: 'no-explanation', detail: /what is missing/ },
  ],
  [
    'a return for another reason that is not explained',
    upTo('requested'),
    says('return', { reason: 'other', explanation: ' ' }),
    { reason: 'no-explanation', detail: /Explain why/ },
  ],
  [
    'asking nobody for help',
    upTo('accepted'),
    says('ask-help', { people: [] }, { helpers: [] }),
    { reason: 'nobody-named', detail: /Name the people/ },
  ],
  [
    'having asked about nothing',
    upTo('accepted'),
    says('had-to-ask', { sections: [] }),
    { reason: 'nothing-named', detail: /headings/ },
  ],
  [
    'a report that says nothing',
    upTo('accepted'),
    says('progress', { status: null, actions_taken: [] }),
    { reason: 'empty-report', detail: /says nothing/ },
  ],
  [
    'an estimate that is no date',
    upTo('accepted'),
    says('progress', { estimated_resolution: 'soon' }),
    { reason: 'bad-date', detail: /“soon”/ },
  ],
  [
    'an estimate on a day there is not',
    upTo('accepted'),
    says('progress', { estimated_resolution: '2026-02-30' }),
    { reason: 'bad-date', detail: /2026-02-30/ },
  ],
  [
    'an estimate that has passed',
    upTo('accepted'),
    says('progress', { estimated_resolution: '2026-03-06 09:30 UTC' }),
    { reason: 'past-date', detail: /has passed already/ },
  ],
  [
    'handing on to nowhere',
    upTo('accepted'),
    says('hand-on', { tier: null, queue: '' }),
    { reason: 'nowhere-named', detail: /tier or the queue/ },
  ],
  [
    'handing on to a queue there is not',
    upTo('accepted'),
    says('hand-on', { queue: 'moon' }, { target: null }),
    { reason: 'no-such-queue', detail: /queue “moon” in tier 3/ },
  ],
  [
    'handing on to a queue there is not, when the policy says which there are',
    upTo('accepted'),
    says('hand-on', { queue: 'moon' }, { target: null, noTarget: 'There is identity.' }),
    { reason: 'no-such-queue', detail: /There is identity/ },
  ],
  [
    'handing on without saying why',
    upTo('accepted'),
    says('hand-on', { reason: '' }),
    { reason: 'no-reason', detail: /Say why/ },
  ],
  [
    'an issue of an unknown host',
    upTo('accepted'),
    says(
      'link-issue',
      {},
      { issue: { ok: false, reason: 'unknown-host', message: 'Baton does not know tracker.example.' } },
    ),
    { reason: 'unknown-host', detail: /tracker\.example/ },
  ],
  [
    'an issue without an address',
    upTo('accepted'),
    says('link-issue', {}, { issue: null }),
    { reason: 'no-address', detail: /https/ },
  ],
  [
    'a release that is neither',
    upTo('accepted'),
    says('decide-release', { release: null }),
    { reason: 'no-release', detail: /hotfix/ },
  ],
  [
    'a release without a date',
    upTo('accepted'),
    says('decide-release', { date: '' }),
    { reason: 'no-date', detail: /when the fix goes out/ },
  ],
  [
    'a fix of which nothing is said',
    upTo('fixing'),
    says('fix-available', { version: '' }),
    { reason: 'no-fix', detail: /which version/ },
  ],
  [
    'resolving without a root cause',
    upTo('fixing'),
    says('resolve', { root_cause: '\n' }),
    { reason: 'no-root-cause', detail: /root cause/ },
  ],
  [
    'resolving without saying how',
    upTo('fixing'),
    says('resolve', { resolution: null }),
    { reason: 'no-resolution', detail: /how it was resolved/ },
  ],
  [
    'resolving without a fix',
    upTo('fixing'),
    says('resolve', { fix: '' }),
    { reason: 'no-fix', detail: /what was done/ },
  ],
  [
    'resolving without a word on articles',
    upTo('fixing'),
    says('resolve', { article: null }),
    { reason: 'no-article', detail: /knowledge base/ },
  ],
  [
    'resolving with an article that is nowhere',
    upTo('fixing'),
    says('resolve', { article: 'linked', article_url: 'the wiki' }),
    { reason: 'no-article-address', detail: /linked/ },
  ],
  [
    'resolving without an article and without saying why',
    upTo('fixing'),
    says('resolve', { article_reason: '' }),
    { reason: 'no-article-reason', detail: /why no article/ },
  ],
  [
    'de-escalating without saying why',
    upTo('resolved'),
    says('deescalate', { rationale: '' }),
    { reason: 'no-rationale', detail: /Say why/ },
  ],
  [
    'approving what nobody asked for',
    upTo('requested'),
    says('approve', {}, { standing: { ...says('approve').standing, isApprover: true } }),
    { reason: 'nothing-to-approve', detail: /nobody’s approval/ },
  ],
  [
    'a command for another ticket',
    upTo('requested'),
    says('accept', {}, { envelope: { v: 1, verb: 'accept', id: commandId('X'), ticket: 8, digest: DIGEST } }),
    { reason: 'other-ticket', detail: /ticket 8/ },
  ],
  [
    'a comment that was edited',
    upTo('requested'),
    says('accept', {}, { envelope: { v: 1, verb: 'accept', id: commandId('X'), ticket: 7, digest: 'e'.repeat(43) } }),
    { reason: 'digest-mismatch', detail: /not the one/ },
  ],
  [
    'a command parted from its form',
    upTo('requested'),
    says('accept', {}, { envelope: { v: 1, verb: 'resolve', id: commandId('X'), ticket: 7, digest: DIGEST } }),
    { reason: 'digest-mismatch', detail: /not the one/ },
  ],
  [
    'a form that cannot be read',
    upTo('requested'),
    says('accept', {}, { reading: { ok: false, problems: ["'Reason' must be one of ours."] } }),
    { reason: 'unreadable', detail: /'Reason' must be one of ours/ },
  ],
  [
    'accepting what somebody has',
    upTo('accepted'),
    says('accept'),
    { reason: 'wrong-stage', detail: /accepted since 2026-03-06 09:01 UTC, with Ivo Marek/ },
  ],
  [
    'a merged ticket',
    [...upTo('accepted'), changed(50, { what: 'merged' })],
    says('progress', {}, at),
    { reason: 'ticket-merged', detail: /was merged/ },
  ],
  [
    'a closed ticket',
    [...upTo('accepted'), changed(50, { what: 'status', to: 'closed' })],
    says('progress', {}, at),
    { reason: 'ticket-closed', detail: /was closed/ },
  ],
  [
    'a deleted ticket',
    [...upTo('accepted'), changed(50, { what: 'status', to: 'deleted' })],
    says('progress', {}, at),
    { reason: 'ticket-deleted', detail: /was deleted/ },
  ],
]

describe('what people say is refused, visibly and without changing anything, for', () => {
  it.each(BAD)('%s', (_, before, said, { reason, detail }) => {
    const { state } = fold(...before)
    const { state: after, events, effects } = foldFrom(state, [said])
    expect(after.escalations).toEqual(state.escalations)
    expect(after.refusals).toMatchObject([{ reason, by: { id: 31, name: 'Ivo Marek' } }])
    expect(after.refusals[0]!.detail).toMatch(detail)
    expect(events).toMatchObject([{ kind: 'refused', reason, auditId: 1060 }])
    expect(effects).toMatchObject([{ kind: 'explain-refusal', ticketId: 7, afterAuditId: 1060 }])
    expect(effects[0]!.comment).toMatch(/^(The|Your|Nobody|What) .*, Ivo Marek\.\n\n/)
    expect(effects[0]!.comment).toMatch(detail)
  })

  it('a bounce without a reason, which is told from any other hand-over', () => {
    const there = fold(...upTo('accepted'), says('hand-on', {}, { minutes: 10 })).state
    const back = { decision: aDecision(), plan: aPlan() }
    const { state } = foldFrom(there, [says('hand-on', { reason: '' }, { minutes: 20, target: back })])
    expect(state.refusals).toMatchObject([
      { reason: 'bounce-without-reason', detail: 'Identity had it before. Say why it should have it again.' },
    ])
  })
})

describe('a command', () => {
  it('is one command, however often it arrives', () => {
    const { state } = fold(...upTo('requested'))
    const first = foldFrom(state, [says('had-to-ask', {}, { minutes: 5, id: commandId('X') })])
    const again = foldFrom(first.state, [says('had-to-ask', {}, { minutes: 9, id: commandId('X') })])
    expect(again.events).toEqual([])
    expect(again.state.escalations[0]!.askedAbout).toHaveLength(1)
  })

  it('that was refused stays refused when it arrives again', () => {
    const { state } = fold(...upTo('requested'))
    const refused = foldFrom(state, [says('progress', {}, { minutes: 5, id: commandId('X') })])
    const accepted = foldFrom(refused.state, [says('accept', {}, { minutes: 6 })])
    const again = foldFrom(accepted.state, [says('progress', {}, { minutes: 9, id: commandId('X') })])
    expect(again.effects).toEqual([])
    expect(again.state.escalations[0]!.progress).toEqual([])
  })

  it('counts without an envelope too, written by macro or on a phone, once for each update', () => {
    const { state } = fold(...upTo('accepted'))
    const facts = [5, 6, 6].map((minutes) => says('progress', {}, { minutes, id: null }))
    const { state: after } = foldFrom(state, facts)
    expect(after.escalations[0]!.progress).toHaveLength(2)
    expect(after.commands.slice(-2)).toEqual(['audit-1005.progress', 'audit-1006.progress'])
  })
})
