import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Countdown } from '../../../core/escalation/countdown.ts'
import { packCountdowns, unpackCountdowns } from '../../../server/engine/packed-countdowns.ts'

const counted = fc.record({ schedule: fc.string(), from: fc.maxSafeInteger(), leftMs: fc.maxSafeInteger() })
const countdown: fc.Arbitrary<Countdown> = fc.record({
  id: fc.string({ unit: 'binary' }),
  at: fc.maxSafeInteger(),
  counted: fc.option(counted),
})

describe('packed countdowns', () => {
  it('are unpacked as they were, in their order, on one line', () => {
    fc.assert(
      fc.property(fc.array(countdown), (countdowns) => {
        const packed = packCountdowns(countdowns)
        expect(unpackCountdowns(packed)).toEqual(countdowns)
        expect(packed).not.toContain('\n')
      }),
    )
  })

  it('say of nothing what the database takes for nothing', () => {
    expect(packCountdowns([])).toBe('[]')
  })
})
