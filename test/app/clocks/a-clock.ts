import type { ClockExplanation, ClockView } from '../../../core/contract/api.ts'
import { HOUR_MS } from '../../../core/units.ts'

/** A clock of tier 2 with eight hours, two of them left, on Friday at 13:30 UTC, which is 14:30 in Berlin. */
export function aClock(overrides: Partial<ClockView> = {}): ClockView {
  return {
    id: 'ESC-2026-000123/0/resolution',
    name: 'resolution',
    tier: 2,
    state: 'running',
    targetMs: 8 * HOUR_MS,
    elapsedMs: 6 * HOUR_MS,
    deadline: '2026-03-06T15:30:00Z',
    breachedAt: null,
    paused: null,
    schedule: 'Berlin office',
    counting: [{ from: '2026-03-06T13:30:00Z', to: '2026-03-06T15:30:00Z' }],
    ...overrides,
  }
}

export function aCustomerClock(overrides: Partial<ClockView> = {}): ClockView {
  return aClock({
    ...{ id: 'customer', name: 'customer', tier: null, schedule: null },
    ...{ targetMs: 48 * HOUR_MS, elapsedMs: 20 * HOUR_MS, deadline: '2026-03-07T17:30:00Z' },
    counting: [{ from: '2026-03-06T13:30:00Z', to: '2026-03-07T17:30:00Z' }],
    ...overrides,
  })
}

export function anExplanation(overrides: Partial<ClockExplanation> = {}): ClockExplanation {
  return {
    id: 'ESC-2026-000123/0/resolution',
    sentence: 'The tier 2 resolution clock is due 2026-03-10 10:00 Europe/Berlin: 8h counted.',
    policyVersion: '2026-03-01.1',
    schedules: [{ name: 'Berlin office', timezone: 'Europe/Berlin', version: '3f9a' }],
    stretches: [
      { from: '2026-03-06T09:00:00Z', to: '2026-03-06T10:00:00Z', kind: 'counted', because: null },
      { from: '2026-03-06T10:00:00Z', to: '2026-03-06T10:30:00Z', kind: 'paused', because: 'pending, by Ana Agent' },
      { from: '2026-03-06T10:30:00Z', to: '2026-03-06T16:00:00Z', kind: 'counted', because: null },
      { from: '2026-03-06T16:00:00Z', to: '2026-03-08T23:00:00Z', kind: 'closed', because: null },
      { from: '2026-03-08T23:00:00Z', to: '2026-03-09T23:00:00Z', kind: 'holiday', because: 'Founders’ day' },
      { from: '2026-03-10T08:00:00Z', to: '2026-03-10T09:30:00Z', kind: 'counted', because: null },
    ],
    ...overrides,
  }
}
