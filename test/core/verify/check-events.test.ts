import { describe, expect, it } from 'vitest'
import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { checkEvents, type Update } from '../../../core/verify/check-events.ts'
import { at, calendarOf } from '../clock/clocks.ts'
import { aHandOver, aPlan, aTicketState } from '../clock/tickets.ts'

/** Monday in Berlin; two hours to resolve from 10:00 are used up at 12:00. */
const state = aTicketState(
  [['2026-03-09 08:00+01:00', { what: 'created', status: 'open' }]],
  [aHandOver('2026-03-09 10:00+01:00', 2, aPlan({ resolution: 120 }))],
)
const noon = at('2026-03-09 12:00+01:00')
const now = noon + 6 * HOUR_MS
const CLOCK = 'ESC-2026-000001/0/resolution'

const by = { id: 11, name: 'Ana Lindqvist' }
const common = { escalationId: 'ESC-2026-000001', auditId: null, by: null }
const accepted: EscalationEvent = { ...common, kind: 'accepted', at: noon - HOUR_MS, auditId: 5, by }
const breached = (when: number): EscalationEvent => ({
  ...{ ...common, kind: 'clock-breached', at: when, breachedBy: 'time' },
  ...{ clockId: CLOCK, clock: 'resolution', tier: 2, lateMs: 40_000 },
})
const corrected: EscalationEvent = {
  ...{ ...common, kind: 'clock-corrected', at: noon },
  ...{ clockId: CLOCK, told: `${CLOCK}/breach` },
}
const update: Update = { id: 5, at: noon - HOUR_MS, authorId: 11 }

describe('checkEvents', () => {
  it.each<[string, EscalationEvent[], Update[], string[]]>([
    ['nothing in a true record', [accepted, breached(noon)], [update], []],
    ['an update that Zendesk does not have', [accepted, breached(noon)], [], ['accepted no-such-update']],
    ['another time', [accepted, breached(noon)], [{ ...update, at: noon }], ['accepted other-time']],
    ['another author', [accepted, breached(noon)], [{ ...update, authorId: 12 }], ['accepted other-author']],
    ['a breach told for another instant', [breached(noon + HOUR_MS)], [], ['clock-breached breach-moved']],
    ['a breach that nobody was told', [], [], ['clock-breached breach-untold']],
    ['none where it was corrected and told again', [breached(noon - HOUR_MS), corrected, breached(noon)], [], []],
    ['a correction with nothing after it', [breached(noon), corrected], [], ['clock-breached breach-untold']],
  ])('finds %s', (_, events, updates, troubles) => {
    const found = checkEvents(events, updates, state, calendarOf, now)
    expect(found.troubles.map(({ kind, trouble }) => `${kind} ${trouble}`)).toEqual(troubles)
  })

  it('says how late what fell due was noticed, which moves no instant', () => {
    expect(checkEvents([breached(noon)], [], state, calendarOf, now)).toMatchObject({
      troubles: [],
      mostLateMs: 40_000,
    })
  })
})
