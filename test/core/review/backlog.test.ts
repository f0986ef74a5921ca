import { describe, expect, it } from 'vitest'
import { type Escalation, newTicketState, type TicketState } from '../../../core/escalation/state.ts'
import { backlogItem, type CONCERNS, inOrder } from '../../../core/review/backlog.ts'
import { usualOf } from '../../../core/review/stays.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../../core/units.ts'
import { calendarOf } from '../clock/clocks.ts'
import { anEscalation } from '../customer/an-escalation.ts'
import { aPlan, NINE } from '../escalation/facts.ts'
import { aPolicy } from '../policy/policies.ts'

const { reviews: settings } = aPolicy()
const bo = { id: 21, name: 'Bo Nilsson' }

function ticketWith(overrides: Partial<Escalation>, ticketId = 7): TicketState {
  return { ...newTicketState(ticketId), escalations: [anEscalation(overrides)] }
}

function concernsAt(state: TicketState, now: Instant, usual = usualOf([], 5)): string[] {
  return backlogItem(state, { now, calendarOf, settings, usual })?.concerns.map(({ kind }) => kind) ?? []
}

/** Accepted at nine, with an estimate in a month, so that nothing is wrong yet. */
function inGoodOrder(overrides: Partial<Escalation> = {}): Escalation {
  return anEscalation({ stage: 'investigating', owner: bo, estimate: NINE + 60 * DAY_MS, ...overrides })
}

describe('the backlog review', () => {
  it('has nothing to say about an escalation in order', () => {
    expect(concernsAt(ticketWith(inGoodOrder()), NINE + DAY_MS)).toEqual([])
  })

  it('says nothing of one that has ended', () => {
    expect(concernsAt(ticketWith(inGoodOrder({ stage: 'closed' })), NINE + 99 * DAY_MS)).toEqual([])
  })

  it('names what is older than its severity allows', () => {
    const progress = [aReport(NINE + 13 * DAY_MS)]
    expect(concernsAt(ticketWith(inGoodOrder({ progress })), NINE + 14 * DAY_MS)).toEqual([])
    expect(concernsAt(ticketWith(inGoodOrder({ progress })), NINE + 14 * DAY_MS + 1)).toEqual(['aged'])
  })

  it('calls stalled what nobody reported on for twice the span of its severity', () => {
    const progress = [aReport(NINE + DAY_MS)]
    expect(concernsAt(ticketWith(inGoodOrder({ progress })), NINE + 7 * DAY_MS)).toEqual([])
    expect(concernsAt(ticketWith(inGoodOrder({ progress })), NINE + 7 * DAY_MS + 1)).toEqual(['stalled'])
  })

  it('calls nothing stalled that waits for the escalating side, or is being watched', () => {
    for (const stage of ['returned', 'monitoring'] as const) {
      expect(concernsAt(ticketWith(inGoodOrder({ stage })), NINE + 10 * DAY_MS)).toEqual([])
    }
  })

  it('asks for an estimate where somebody works without one, and again once it has passed', () => {
    expect(concernsAt(ticketWith(inGoodOrder({ estimate: null })), NINE + HOUR_MS)).toEqual(['no-estimate'])
    expect(concernsAt(ticketWith(inGoodOrder({ estimate: NINE + HOUR_MS })), NINE + 1.5 * HOUR_MS)).toEqual([
      'no-estimate',
    ])
    const release = { at: NINE, by: bo, release: 'hotfix' as const, date: NINE + DAY_MS, reason: '' }
    expect(concernsAt(ticketWith(inGoodOrder({ estimate: null, release })), NINE + HOUR_MS)).toEqual([])
  })

  it('calls stuck what is longer in its stage than nine in ten of its peers, once there are enough of them', () => {
    const peers = Array.from({ length: 10 }, (_, index) => ({
      ...{ escalationId: `P${index}`, stage: 'investigating' as const, tier: 2 },
      ...{ from: 0, to: (index + 1) * HOUR_MS },
    }))
    const state = ticketWith(inGoodOrder())
    expect(concernsAt(state, NINE + 9 * HOUR_MS, usualOf(peers, 5))).toEqual([])
    expect(concernsAt(state, NINE + 9 * HOUR_MS + 1, usualOf(peers, 5))).toEqual(['stuck'])
    expect(concernsAt(state, NINE + 9 * HOUR_MS + 1, usualOf(peers, 11)), 'ten are too few').toEqual([])
    const elsewhere = peers.map((peer) => ({ ...peer, tier: 3 }))
    expect(concernsAt(state, NINE + 9 * HOUR_MS + 1, usualOf(elsewhere, 5)), 'of another tier').toEqual([])
  })

  it('names the customer who was not told that the fix is out (C25)', () => {
    const signals = [{ at: NINE + 4 * DAY_MS, order: 9, by: null, signal: 'fix-available' as const }]
    const progress = [aReport(NINE + 4 * DAY_MS)]
    const fixed = inGoodOrder({ stage: 'fixing', signals, progress })
    const item = backlogItem(ticketWith(fixed), {
      ...{ now: NINE + 5 * DAY_MS, calendarOf, settings, usual: usualOf([], 5) },
    })
    expect(item?.concerns).toEqual([{ kind: 'customer-untold', since: NINE + 4 * DAY_MS, againstMs: null }])
    const told = { at: NINE + 4 * DAY_MS + HOUR_MS, order: 10, by: null, signal: 'customer-told' as const }
    expect(concernsAt(ticketWith({ ...fixed, signals: [...signals, told] }), NINE + 5 * DAY_MS)).toEqual([])
  })

  it('puts a promise to the customer that is overdue first', () => {
    const life = {
      monitoring: null,
      criteria: [],
      cadence: { every: 60, schedule: null },
      onRejected: 'stays' as const,
    }
    const moment = { at: NINE, order: 0, by: null }
    const plans = [{ ...moment, plan: aPlan({ life }) }]
    const handOvers = [{ ...moment, tier: 2, queue: 'identity', raisedFor: null, plans }]
    const state = ticketWith(inGoodOrder({ handOvers, estimate: null }))
    expect(concernsAt(state, NINE + 2 * HOUR_MS)).toEqual(['promise-overdue', 'no-estimate'])
  })

  it('is sorted by what hurts most, then severity, then age', () => {
    const item = (
      escalationId: string,
      kind: (typeof CONCERNS)[number],
      severity: 'P0' | 'P2',
      requestedAt: number,
    ) => ({
      ...backlogItem(ticketWith(inGoodOrder({ estimate: null })), {
        ...{ now: NINE + HOUR_MS, calendarOf, settings, usual: usualOf([], 5) },
      })!,
      ...{ escalationId, severity, requestedAt, concerns: [{ kind, since: 0, againstMs: null }] },
    })
    const items = [item('d', 'aged', 'P0', 1), item('c', 'stalled', 'P2', 2), item('b', 'stalled', 'P2', 1)]
    const sorted = inOrder([...items, item('a', 'promise-overdue', 'P2', 9)])
    expect(sorted.map(({ escalationId }) => escalationId)).toEqual(['a', 'b', 'c', 'd'])
  })
})

function aReport(at: Instant): Escalation['progress'][number] {
  return { at, by: bo, status: null, actions: ['Looked'], nextSteps: '', cause: '', estimate: null }
}
