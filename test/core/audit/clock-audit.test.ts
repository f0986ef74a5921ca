import { describe, expect, it } from 'vitest'
import { addToTally, auditTicket, clockAudit, newTally } from '../../../core/audit/clock-audit.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { ANA, BO, history, JANE, means, START, type Told } from './histories.ts'

/** Tickets in which somebody sets to pending, silently or not. */
function audited(counts: { by: number; silent: number; asked: number }[], least: number) {
  const tally = newTally()
  const window = { from: START, to: START + 24 * HOUR_MS }
  let ticketId = 0
  for (const { by, silent, asked } of counts) {
    for (let index = 0; index < silent + asked; index++) {
      const said = index < silent ? [] : ['public: 200']
      const told: Told[] = [
        [10, by, 'status: open>pending', ...said],
        [70, JANE, 'public: 60', 'status: pending>open'],
      ]
      ticketId++
      addToTally(tally, auditTicket(history(told, { ticketId }), means({ ticketId })), window, () => [])
    }
  }
  return clockAudit(tally, { ...window, tickets: ticketId, least })
}

const pendings = (audit: ReturnType<typeof audited>) =>
  audit.patterns.find(({ pattern }) => pattern === 'silent-pending')!

describe('clockAudit', () => {
  it('counts findings of all chances, with how long they lasted', () => {
    const { share, lastedMs, findings } = pendings(audited([{ by: ANA, silent: 3, asked: 7 }], 5))
    expect(share).toMatchObject({ count: 3, of: 10 })
    expect(lastedMs).toBe(3 * HOUR_MS)
    expect(findings).toHaveLength(3)
  })

  it('names nobody with fewer chances than the policy asks for', () => {
    const counts = [
      { by: ANA, silent: 4, asked: 0 },
      { by: BO, silent: 1, asked: 20 },
    ]
    expect(pendings(audited(counts, 5)).people.map(({ id }) => id)).toEqual([BO])
  })

  it('says that somebody stands out only when the intervals leave no doubt', () => {
    const clear = pendings(
      audited(
        [
          { by: ANA, silent: 15, asked: 5 },
          { by: BO, silent: 2, asked: 60 },
        ],
        5,
      ),
    ).people
    expect(clear.map(({ id, standsOut }) => [id, standsOut])).toEqual([
      [ANA, true],
      [BO, false],
    ])
    expect(clear[0]!.peers).toMatchObject({ count: 2, of: 62 })
    const unclear = pendings(
      audited(
        [
          { by: ANA, silent: 3, asked: 5 },
          { by: BO, silent: 2, asked: 8 },
        ],
        5,
      ),
    ).people
    expect(unclear.every(({ standsOut }) => !standsOut)).toBe(true)
  })

  it('leaves out what began before or after', () => {
    const tally = newTally()
    const audit = auditTicket(history([[10, ANA, 'status: open>pending']]), means())
    addToTally(tally, audit, { from: START + HOUR_MS, to: START + 2 * HOUR_MS }, () => [])
    const { share } = pendings(clockAudit(tally, { from: START, to: START, tickets: 0, least: 2 }))
    expect(share).toMatchObject({ count: 0, of: 0 })
  })
})
