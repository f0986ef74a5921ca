import { describe, expect, it } from 'vitest'
import { compareWithZendesk } from '../../../core/clock/zendesk-differences.ts'
import { foldZendeskClocks } from '../../../core/clock/zendesk-sla.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { at, clockAt, history, started } from './clocks.ts'
import { aHandOver, aPlan, aTicketState, ticketClocksAt } from './tickets.ts'
import { aZendeskTarget, metricHistory } from './zendesk-events.ts'

describe('C8: what was judged', () => {
  const first = aPlan({ resolution: 60 }, { policyVersion: 'v1' })
  const later = aPlan({ resolution: 600 }, { policyVersion: 'v2' })
  const ticket = (...handOvers: Parameters<typeof aTicketState>[1]) =>
    aTicketState([['2026-03-09 08:00Z', { what: 'created', status: 'open' }]], handOvers)
  const before = ticket(aHandOver('2026-03-09 08:00Z', 2, first))
  const after = ticket(aHandOver('2026-03-09 08:00Z', 2, first, ['2026-03-10 08:00Z', later]))

  it('stays judged by the policy that was in force then, also when another one is put in force', () => {
    expect(ticketClocksAt('2026-03-20 08:00Z', after)['0/resolution']).toMatchObject({
      breachedAt: at('2026-03-09 09:00Z'),
      breached: { target: { minutes: 60, policyVersion: 'v1' } },
    })
  })

  it('is answered for every instant before the change as it was answered then', () => {
    for (let now = at('2026-03-09 07:00Z'); now < at('2026-03-10 08:00Z'); now += 17 * MINUTE_MS) {
      expect(ticketClocksAt(now, after)).toEqual(ticketClocksAt(now, before))
    }
  })

  it('is not touched by asking what another policy would have made of it', () => {
    const kept = structuredClone(before)
    const whatIf = ticket(aHandOver('2026-03-09 08:00Z', 2, later))
    expect(ticketClocksAt('2026-03-09 12:00Z', whatIf)['0/resolution']).toMatchObject({ breachedAt: null })
    expect(before).toEqual(kept)
  })
})

describe('C13: a figure that is not Zendesk’s', () => {
  it('says that Zendesk counts by the last schedule only, from which instant, and by which target', () => {
    const ours = clockAt(
      '2026-03-09 15:30Z',
      history(
        ['2026-03-09 15:00Z', started({ minutes: 120 })],
        ['2026-03-09 15:30Z', { kind: 'schedule', schedule: 'new-york' }],
      ),
    )
    const [theirs] = foldZendeskClocks(
      metricHistory(
        'requester_wait_time',
        1,
        ['2026-03-09 14:00Z', { kind: 'activate' }],
        ['2026-03-09 14:10Z', { kind: 'apply-sla', target: aZendeskTarget({ targetMs: HOUR_MS, counts: 'business' }) }],
        ['2026-03-09 16:00Z', { kind: 'breach' }],
      ),
      at('2026-03-09 15:30Z'),
    )
    expect(compareWithZendesk(ours, theirs!, 2)).toEqual({
      agrees: false,
      differences: [
        { what: 'start', ours: at('2026-03-09 15:00Z'), theirs: at('2026-03-09 14:00Z') },
        { what: 'target', oursMs: 2 * HOUR_MS, theirsMs: HOUR_MS },
        { what: 'applied-later', startedAt: at('2026-03-09 14:00Z'), appliedAt: at('2026-03-09 14:10Z') },
        { what: 'schedules', count: 2 },
      ],
    })
  })
})
