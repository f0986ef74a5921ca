import { describe, expect, it } from 'vitest'
import type { Escalation } from '../../../core/escalation/state.ts'
import { postMarkdown } from '../../../core/review/write-post.ts'
import { DAY_MS, HOUR_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { decideInWeek } from '../../../server/review/decide.ts'
import { gatherAgenda, gatherPosts, gatherReasons, gatherStory } from '../../../server/review/gather.ts'
import { keepAnswers } from '../../../server/review/store.ts'
import { aDecision, aPlan, clocksIn, NINE } from '../../core/escalation/facts.ts'
import { startRecord } from './a-record.ts'

const bo = { id: 21, name: 'Bo Nilsson' }

describe('the weekly review', () => {
  it('is held, decided on, and held against the next one', async () => {
    await using record = await startRecord()
    const { accountId, deps, clock } = record
    await record.keep(1, { stage: 'investigating', owner: bo })
    await record.keep(2, { stage: 'requested' })
    const first = await gatherAgenda(accountId, deps, { keep: true })
    expect(first.items.map(({ ticketId, change }) => [ticketId, change])).toEqual([[1, 'new']])
    const decision = { escalationId: 'ESC-2026-000001', decision: 'raise', note: 'to Platform', by: 'Eva' } as const
    expect(await decideInWeek(accountId, deps, decision)).toBe('2026-W10')
    expect((await gatherAgenda(accountId, deps, { keep: true })).items[0]!.decided).toMatchObject({ decision: 'raise' })

    await record.keep(1, { stage: 'closed' })
    await clock.advance(7 * DAY_MS)
    const second = await gatherAgenda(accountId, deps, { keep: true })
    expect(second).toMatchObject({ week: '2026-W11', against: '2026-W10', open: 1 })
    expect(second.items.map(({ ticketId, change }) => [ticketId, change])).toEqual([[2, 'new']])
    expect(second.gone).toMatchObject([{ ticketId: 1, hasEnded: true, decided: { decision: 'raise', by: 'Eva' } }])
  })

  it('leaves no trace when it is only looked at', async () => {
    await using record = await startRecord()
    await record.keep(1, { stage: 'investigating', owner: bo })
    await gatherAgenda(record.accountId, record.deps, { keep: false })
    const decision = { escalationId: 'ESC-2026-000001', decision: 'keep', note: '', by: 'Eva' } as const
    await expect(decideInWeek(record.accountId, record.deps, decision)).rejects.toThrow('reviews weekly --keep')
  })

  it('refuses a note that says nothing', async () => {
    await using record = await startRecord()
    const decision = { escalationId: 'ESC-2026-000001', decision: 'note', note: ' ', by: 'Eva' } as const
    await expect(decideInWeek(record.accountId, record.deps, decision)).rejects.toThrow('add --note')
  })

  it('finds what is stuck by how long its peers were in the stage', async () => {
    await using record = await startRecord('  reviews: { least: 2 }\n')
    for (const ticketId of [11, 12, 13]) {
      await record.keep(ticketId, { stage: 'closed' }, [
        { at: NINE - DAY_MS, kind: 'requested', commandId: '', tier: 2, queue: 'q', reasons: [], score: 1 },
        { at: NINE - DAY_MS + ticketId * 60_000, kind: 'accepted' },
      ])
    }
    await record.keep(1, { stage: 'requested' })
    const kinds = async () =>
      (await gatherAgenda(record.accountId, record.deps, { keep: false })).items[0]?.concerns.map(({ kind }) => kind)
    await record.clock.advance(13 * 60_000)
    expect(await kinds()).toBeUndefined()
    await record.clock.advance(60_000)
    expect(await kinds()).toEqual(['stuck'])
  })
})

describe('the review of reasons', () => {
  it('is about the month in which it was asked for', async () => {
    await using record = await startRecord()
    await record.keep(1, { requestedAt: Date.parse('2026-02-28T23:59:59Z') })
    await record.keep(2, { requestedAt: Date.parse('2026-03-01T00:00:00Z') })
    const counts = ['2026-02', '2026-03', '2026-04'].map(
      async (month) => (await gatherReasons(record.accountId, record.deps, month))!.escalations,
    )
    expect(await Promise.all(counts)).toEqual([1, 1, 0])
    expect(await gatherReasons(record.accountId, record.deps, '2026-13')).toBeNull()
  })
})

describe('the review after an escalation', () => {
  const ended: Partial<Escalation> = {
    ...{ stage: 'closed', stageSince: NINE, requestedAt: NINE - DAY_MS },
    decision: aDecision({ tier: 3, tierName: 'Engineering' }),
    handOvers: [
      {
        ...{ at: NINE - DAY_MS, order: 0, by: null, tier: 3, queue: 'platform', raisedFor: null },
        plans: [
          {
            ...{ at: NINE - DAY_MS, order: 0, by: null },
            plan: aPlan({ tier: 3, clocks: clocksIn({ 'first-response': 60 }), at: NINE - DAY_MS }),
          },
        ],
      },
    ],
    resolution: {
      ...{ at: NINE, by: bo, rootCause: 'The cache never expired', code: 'fixed_in_code', fix: 'Expire it' },
      ...{ article: 'linked', articleUrl: 'https://help.example.com/1', articleReason: '', couldBeLower: false },
    },
  }

  it('is called for by each one that was in tier 3, filled in by the record, and due', async () => {
    await using record = await startRecord()
    const { accountId, deps, clock } = record
    await record.keep(1, ended, [{ at: NINE - HOUR_MS, kind: 'accepted' }])
    await record.keep(2, { stage: 'closed', stageSince: NINE })
    const [post, ...others] = await gatherPosts(accountId, deps)
    expect(others, 'tier 2 needs none').toEqual([])
    expect(post).toMatchObject({ escalationId: 'ESC-2026-000001', state: 'due', because: 'tier' })
    expect(post!.clocks).toMatchObject([{ name: 'first-response', verdict: 'missed' }])

    const text = postMarkdown(post!, await gatherStory(accountId, deps, post!), post!.answers)
    expect(text).toContain('- Root cause: The cache never expired')
    expect(text).toContain('- first-response of tier 3: missed')
    expect(text).toMatch(/2026-03-06 08:00 UTC: .*[Aa]ccepted/)
    expect(text).toContain('## What went well\n\n__________')

    await clock.advance(5 * DAY_MS + 1)
    expect((await gatherPosts(accountId, deps))[0]!.state).toBe('overdue')
    const answers = { wentWell: 'Paged in a minute', wentBadly: '', actions: 'An alert' }
    const kept = { answers, done: 'Eva', dueAt: post!.dueAt, now: clock.now() }
    await inAccount(deps.db, accountId, (tx) => keepAnswers(tx, accountId, post!.escalationId, kept))
    expect((await gatherPosts(accountId, deps))[0]).toMatchObject({ state: 'done', doneBy: 'Eva', answers })
  })

  it('keeps what was said when the same is said again, and who finished it', async () => {
    await using record = await startRecord()
    const { accountId, deps, clock } = record
    await record.keep(1, ended)
    const answers = { wentWell: 'a', wentBadly: 'b', actions: 'c' }
    for (const done of ['Eva', null]) {
      const kept = { answers, done, dueAt: 0, now: clock.now() }
      await inAccount(deps.db, accountId, (tx) => keepAnswers(tx, accountId, 'ESC-2026-000001', kept))
    }
    expect((await gatherPosts(accountId, deps))[0]).toMatchObject({ state: 'done', doneBy: 'Eva' })
  })
})
