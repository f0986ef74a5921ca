import { describe, expect, it } from 'vitest'
import type { NowRow } from '../../../core/contract/now.ts'
import { type Escalation, newTicketState } from '../../../core/escalation/state.ts'
import { inOrderOfPressure, nowRow } from '../../../core/now/now.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../core/units.ts'
import { calendarOf } from '../clock/clocks.ts'
import { anEscalation } from '../customer/an-escalation.ts'
import { NINE } from '../escalation/facts.ts'
import { aPolicy } from '../policy/policies.ts'

const { reviews: settings } = aPolicy()
const bo = { id: 21, name: 'Bo Nilsson' }
const by = { order: 0, by: 'Bo Nilsson' }

function rowAt(now: Instant, overrides: Partial<Escalation> = {}, ticketId = 7): NowRow | null {
  const state = { ...newTicketState(ticketId), escalations: [anEscalation(overrides)] }
  return nowRow(state, { now, calendarOf, settings, queueName: (id) => id.toUpperCase() })
}

/** Accepted at ten past nine, which stops the clock of the first response. */
const accepted: Partial<Escalation> = {
  ...{ stage: 'investigating', owner: bo, stageSince: NINE + 10 * MINUTE_MS, estimate: NINE + 30 * DAY_MS },
  signals: [{ at: NINE + 10 * MINUTE_MS, ...by, signal: 'accepted' }],
}

/** The same hand-overs without a clock that could press as well. */
function withoutClocks(): Escalation['handOvers'] {
  return anEscalation().handOvers.map((one) => ({
    ...one,
    plans: one.plans.map((since) => ({ ...since, plan: { ...since.plan, clocks: {} } })),
  }))
}

function kindsAt(now: Instant, overrides: Partial<Escalation> = {}): string[] {
  return rowAt(now, overrides)?.reasons.map(({ kind }) => kind) ?? []
}

describe('what presses now', () => {
  it('is nothing for an escalation in order, or one that has ended', () => {
    expect(rowAt(NINE + HOUR_MS, accepted)).toBeNull()
    expect(rowAt(NINE + DAY_MS, { stage: 'closed' })).toBeNull()
  })

  it('is that nobody accepted, from the hand-over on, with accepting as the thing to do', () => {
    const row = rowAt(NINE + 5 * MINUTE_MS)!
    expect(row.reasons.map(({ kind, at }) => [kind, Date.parse(at)])).toEqual([
      ['at-risk', NINE + HOUR_MS],
      ['unaccepted', NINE],
    ])
    expect(row).toMatchObject({ action: 'accept', queue: 'IDENTITY', queueId: 'identity', owner: null })
  })

  it('names the clock that comes next once a warning of it was given, and the one that ran out', () => {
    expect(kindsAt(NINE + 5 * HOUR_MS, accepted)).toEqual([])
    // Three quarters of eight hours.
    expect(rowAt(NINE + 6 * HOUR_MS, accepted)?.reasons).toMatchObject([{ kind: 'at-risk', clock: 'resolution' }])
    expect(rowAt(NINE + 9 * HOUR_MS, accepted)).toMatchObject({
      reasons: [{ kind: 'breached', clock: 'resolution', at: new Date(NINE + 8 * HOUR_MS).toISOString() }],
      action: 'decide-path',
    })
  })

  it('is a fix that the customer has not heard of, before anything that can wait', () => {
    const fixed = { at: NINE + HOUR_MS, ...by, signal: 'fix-available' as const }
    const signals = [...accepted.signals!, fixed]
    expect(rowAt(NINE + 2 * HOUR_MS, { ...accepted, signals })).toMatchObject({
      reasons: [{ kind: 'fixed-not-told', at: new Date(NINE + HOUR_MS).toISOString() }],
      action: 'tell-customer',
    })
  })

  it('counts how often it came back to a queue that had it', () => {
    const [handOver] = withoutClocks() as [Escalation['handOvers'][number]]
    const later = (hours: number, queue: string) => ({ ...handOver, at: NINE + hours * HOUR_MS, queue })
    const handOvers = [handOver, later(1, 'billing'), later(2, 'identity')]
    expect(rowAt(NINE + 3 * HOUR_MS, { ...accepted, handOvers })?.reasons).toMatchObject([
      { kind: 'bounced', count: 1 },
    ])
  })

  it('is that nobody has reported for long', () => {
    const long = NINE + 20 * DAY_MS
    expect(kindsAt(long, { ...accepted, handOvers: withoutClocks() })).toEqual(['stalled'])
  })

  it('comes in order of what is worst, then of what comes first', () => {
    const missed = rowAt(NINE + 9 * HOUR_MS, accepted, 1)!
    const near = rowAt(NINE + 7 * HOUR_MS, accepted, 2)!
    const sooner = { ...near, ticketId: 3, reasons: [{ ...near.reasons[0]!, at: new Date(NINE).toISOString() }] }
    expect(inOrderOfPressure([near, sooner, missed]).map(({ ticketId }) => ticketId)).toEqual([1, 3, 2])
  })
})
