import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { type EventOfTime, tellOfTime } from '../../../server/api/timeline-of-time.ts'

type Body<E> = E extends unknown ? Omit<E, 'at' | 'escalationId' | 'by' | 'auditId'> : never

const tell = (event: Body<EventOfTime>) =>
  tellOfTime({ at: 0, escalationId: 'ESC-2026-000001', by: null, auditId: null, ...event } as EventOfTime)

const clock = { clockId: 'ESC-2026-000001/0/resolution', clock: 'resolution', tier: 2, lateMs: 0 } as const
const monday = Date.UTC(2026, 2, 9, 8)

describe('a line of the timeline', () => {
  it.each<[string, Body<EventOfTime>]>([
    ['Resolution clock of tier 2: 75% of its target used up', { kind: 'clock-warned', percent: 75, ...clock }],
    ['Resolution clock of tier 2 breached', { kind: 'clock-breached', breachedBy: 'time', ...clock }],
    [
      'Customer clock breached, as its new target was used up already',
      { kind: 'clock-breached', breachedBy: 'target', ...clock, clock: 'customer', tier: null },
    ],
    [
      'Nobody has accepted it for two hours',
      { kind: 'timer-fired', timer: 'waiting', title: 'Nobody has accepted it for two hours', missed: 0, lateMs: 0 },
    ],
    [
      'Still waiting (3 times before, untold) (noticed 2h late)',
      { kind: 'timer-fired', timer: 'waiting', title: 'Still waiting', missed: 3, lateMs: 2 * HOUR_MS },
    ],
    [
      'Resolution clock: the warning at 75% was told, but what became known since says it had not come to that',
      { kind: 'clock-corrected', clockId: clock.clockId, told: `${clock.clockId}/warning/75` },
    ],
    [
      'Customer clock: the breach was told, but what became known since says it had not come to that',
      { kind: 'clock-corrected', clockId: 'customer', told: 'customer/breach' },
    ],
    [
      'Raised from tier 2 to tier 3, queue platform: the resolution clock was breached (Default of tier 3)',
      {
        kind: 'raised',
        because: 'the resolution clock was breached',
        fromTier: 2,
        tier: 3,
        queue: 'platform',
        reasons: ['Default of tier 3'],
        lateMs: 0,
      },
    ],
    [
      'On call for platform, step 2: ivo@northwind.example, jo@northwind.example',
      {
        kind: 'on-call-told',
        step: 1,
        queue: 'platform',
        told: [
          { person: 'ivo@northwind.example', schedule: null },
          { person: 'jo@northwind.example', schedule: null },
        ],
        lateMs: 0,
      },
    ],
    [
      'Nobody notified for platform, step 1, nobody is on call in database',
      { kind: 'nobody-notified', step: 0, queue: 'platform', uncovered: ['database'], lateMs: 0 },
    ],
    [
      'Notice put off until 2026-03-09 08:00 UTC, when people are at work: a warning; a breach',
      { kind: 'notice-deferred', until: monday, what: ['a warning', 'a breach'] },
    ],
    [
      'Resolution clock: Deadline moved from 2026-03-09 08:00 UTC to 2026-03-09 09:00 UTC (schedule berlin changed)',
      {
        kind: 'deadline-moved',
        ...clock,
        from: monday,
        to: monday + HOUR_MS,
        why: 'schedule berlin changed',
      },
    ],
    [
      'Resolution clock: Deadline removed (schedule berlin changed)',
      { kind: 'deadline-moved', ...clock, from: monday, to: null, why: 'schedule berlin changed' },
    ],
  ])('says “%s”', (line, event) => {
    expect(tell(event)).toBe(line)
  })

  it.each([
    [0, ''],
    [MINUTE_MS, ''],
    [6 * HOUR_MS + 90_000, ' (noticed 6h 2m late)'],
  ])('says how late it was noticed when it was %i ms, if over a minute', (lateMs, late) => {
    expect(tell({ kind: 'clock-breached', breachedBy: 'time', ...clock, lateMs })).toBe(
      `Resolution clock of tier 2 breached${late}`,
    )
  })
})
