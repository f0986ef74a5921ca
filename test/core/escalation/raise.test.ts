import { describe, expect, it } from 'vitest'
import type { Fact, Raise } from '../../../core/escalation/facts.ts'
import { hasResolutionPath, openEscalation } from '../../../core/escalation/state.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { aCommand, aDecision, aPlan, clocksIn, TICKET_ID } from './facts.ts'
import {
  ARRIVED,
  aRaise,
  aTimer,
  begun,
  changed,
  clockAt,
  commentsIn,
  countdowns,
  created,
  E,
  fold,
  foldFrom,
  minute,
  tick,
  toldIn,
} from './ticks.ts'

describe('automatic raise', () => {
  const atBreach = { autoEscalation: { at: ['breach'], clocks: ['first-response'] } } as const
  const atWarning = { autoEscalation: { at: ['warning'], clocks: ['resolution'] } } as const
  const raises = ({ events }: { events: { kind: string }[] }) => events.filter(({ kind }) => kind === 'raised')

  it('takes it to the next tier from now on, not from when it should have been', () => {
    const { state, events, effects } = fold(...begun(atBreach), ARRIVED, tick(90, aRaise(90)))
    expect(openEscalation(state)).toMatchObject({
      stage: 'requested',
      stageSince: minute(90),
      respondBy: minute(120),
      decision: { tier: 3 },
      routing: { state: 'pending', effectId: `${E}.raise.1.route.${TICKET_ID}` },
    })
    expect(events.find(({ kind }) => kind === 'raised')).toMatchObject({
      at: minute(90),
      fromTier: 2,
      tier: 3,
      queue: 'platform',
      because: 'the first response target of tier 2 (1h) ran out on 2026-03-06 10:00 UTC',
      lateMs: 30 * MINUTE_MS,
    })
    expect(effects.slice(1)).toMatchObject([
      { kind: 'route-ticket', group: 'Platform engineering', removeTags: ['baton_tier_2', 'baton_queue_identity'] },
      { kind: 'tell-ticket' },
    ])
    expect(effects[1]!.comment).toContain(
      `${E}, raised by Baton because the first response target of tier 2 (1h) ran out on 2026-03-06 10:00 UTC. Asked for by Ana Lindqvist.`,
    )
    expect(clockAt(state, `${E}/1/resolution`, 100).elapsedMs).toBe(10 * MINUTE_MS)
  })

  it('comes once for one cause', () => {
    const raised = fold(...begun(atBreach), tick(90, aRaise(90, atBreach)))
    expect(
      raises(foldFrom(raised.state, [tick(90, aRaise(90)), tick(91, aRaise(91)), tick(119, aRaise(119))])),
    ).toEqual([])
  })

  it('comes again when the next tier breaches its own clock', () => {
    const raised = fold(...begun(atBreach), tick(90, aRaise(90, atBreach)))
    const next: Raise = { ...aRaise(121), decision: aDecision({ tier: 4, queue: 'core' }) }
    expect(raises(foldFrom(raised.state, [tick(121, next)]))).toMatchObject([{ fromTier: 3, tier: 4 }])
  })

  it('comes once for several causes of one look', () => {
    const plan = {
      autoEscalation: { at: ['warning', 'breach'], clocks: ['first-response', 'resolution', 'customer'] },
    } as const
    expect(raises(fold(...begun(plan), tick(5000, aRaise(5000))))).toHaveLength(1)
  })

  it('comes at a warning only without a resolution path', () => {
    const at = (stage: 'accepted' | 'fixing') => {
      const { state } = fold(...begun(atWarning))
      const escalations = state.escalations.map((one) => ({ ...one, stage }))
      expect(hasResolutionPath(escalations[0]!)).toBe(stage === 'fixing')
      return raises(foldFrom({ ...state, escalations }, [tick(360, aRaise(360))]))
    }
    expect(at('accepted')).toHaveLength(1)
    expect(at('fixing')).toHaveLength(0)
  })

  it.each<[string, readonly Fact[]]>([
    ['at the highest tier', []],
    ['when the ticket was solved since', [changed(70, { what: 'status', to: 'solved' })]],
    ['when somebody answered since', [changed(70, { what: 'comment', signal: 'agent-replied' })]],
  ])('does not come %s', (why, facts) => {
    const result = fold(...begun(atBreach), ...facts, tick(90, why.includes('highest') ? null : aRaise(90)))
    expect(raises(result)).toEqual([])
    expect(toldIn(result.events)).toHaveLength(2)
  })

  it('says at the highest tier that there is no other', () => {
    expect(commentsIn(fold(...begun(atBreach), tick(90)).effects)[0]).toContain(
      'There is no higher tier to raise it to.',
    )
  })

  it('holds nothing against a tier that happened before it took over', () => {
    const plan = { autoEscalation: { at: ['breach'], clocks: ['customer'] } } as const
    const old = fold(created(-5000), aCommand({ auditId: 1000, plan: aPlan(plan) }), tick(1, aRaise(1)))
    expect(raises(old)).toEqual([])
    expect(toldIn(old.events)).toHaveLength(2)
  })

  it('that brings the customer a longer target gives its warning anew', () => {
    const plan = {
      clocks: clocksIn({ customer: 660 }),
      autoEscalation: { at: ['warning'], clocks: ['customer'] },
    } as const
    const raised = fold(created(-490), aCommand({ auditId: 1000, plan: aPlan(plan) }), tick(5, aRaise(5)))
    expect(raised.events.filter(({ kind }) => kind === 'deadline-moved')).toMatchObject([
      { clock: 'customer', from: minute(170), to: minute(950) },
    ])
    expect(countdowns(raised.state, 5)).toContainEqual(['customer/warning/75', 590])
  })

  it('comes of a timer that says so', () => {
    const { events } = fold(...begun({ timers: [aTimer({}, 'escalate')] }), tick(120, aRaise(120)))
    expect(events.find(({ kind }) => kind === 'raised')).toMatchObject({
      because: 'the timer "Nobody has accepted it for two hours." came due on 2026-03-06 11:00 UTC',
    })
  })
})
