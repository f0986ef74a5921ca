import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../core/units.ts'
import { createRunningClock, createStoppedClock } from '../support/clock.ts'

describe('a stopped clock', () => {
  it('stands still until it is moved', () => {
    const clock = createStoppedClock('2026-03-06 10:00Z')
    expect(new Date(clock.now()).toISOString()).toBe('2026-03-06T10:00:00.000Z')
    expect(clock.now()).toBe(clock.now())
  })

  it('runs what fell due in order, each at its own time, also what that scheduled', async () => {
    const clock = createStoppedClock(0)
    const ran: [string, number][] = []
    clock.schedule(30, () => ran.push(['late', clock.now()]))
    clock.schedule(10, () => {
      ran.push(['early', clock.now()])
      clock.schedule(20, () => ran.push(['between', clock.now()]))
    })
    clock.schedule(99, () => ran.push(['never', clock.now()]))
    const takeBack = clock.schedule(15, () => ran.push(['taken back', clock.now()]))
    takeBack()
    await clock.advance(50)
    expect(ran).toEqual([
      ['early', 10],
      ['between', 20],
      ['late', 30],
    ])
    expect(clock.now()).toBe(50)
  })

  it('lets promises come through between two wakes', async () => {
    const clock = createStoppedClock(0)
    const seen: string[] = []
    clock.schedule(1, () => void Promise.resolve().then(() => seen.push('first done')))
    clock.schedule(2, () => seen.push('second'))
    await clock.advance(2)
    expect(seen).toEqual(['first done', 'second'])
  })

  it('never goes back', async () => {
    await expect(createStoppedClock(0).advance(-1)).rejects.toThrow(RangeError)
  })
})

describe('a running clock', () => {
  it('jumps, and fires what the jump passed', async () => {
    const clock = createRunningClock()
    const before = clock.now()
    let fired = 0
    clock.schedule(before + MINUTE_MS, () => fired++)
    clock.schedule(before + 10 * MINUTE_MS, () => fired++)
    await clock.advance(2 * MINUTE_MS)
    expect(fired).toBe(1)
    expect(clock.now()).toBeGreaterThanOrEqual(before + 2 * MINUTE_MS)
  })
})
