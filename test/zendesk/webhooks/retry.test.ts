import { describe, expect, it } from 'vitest'
import { createBreaker } from './breaker.ts'
import { type Outcome, retryDelayMs } from './retry.ts'

function answered(statusCode: number, retryAfterSeconds: number | null = null): Outcome {
  return { kind: 'answered', statusCode, retryAfterSeconds }
}

/** How many requests an outcome that never changes leads to. */
function triesOf(outcome: Outcome): number {
  let tries = 1
  while (retryDelayMs(outcome, tries) !== null) tries++
  return tries
}

describe('retryDelayMs', () => {
  it.each<[string, Outcome, number]>([
    ['202', answered(202), 1],
    ['409', answered(409), 4],
    ['429 with Retry-After 59', answered(429, 59), 4],
    ['429 with Retry-After 60', answered(429, 60), 1],
    ['429 without Retry-After', answered(429), 1],
    ['503 with Retry-After 5', answered(503, 5), 4],
    ['503 without Retry-After', answered(503), 1],
    ['a timeout', { kind: 'timeout' }, 6],
    ['a refused connection', { kind: 'unreachable' }, 1],
    ...[301, 400, 401, 403, 404, 408, 422, 500, 502, 504].map((status): [string, Outcome, number] => [
      String(status),
      answered(status),
      1,
    ]),
  ])('on %s', (_, outcome, tries) => {
    expect(triesOf(outcome)).toBe(tries)
  })

  it('waits as long as Retry-After says', () => {
    expect(retryDelayMs(answered(503, 7), 1)).toBe(7000)
  })
})

describe('createBreaker', () => {
  function breakerAfter(requests: number, errors: number) {
    const breaker = createBreaker()
    for (let i = 0; i < requests; i++) breaker.record(1000, i < errors)
    return breaker
  }

  it.each([
    [99, 99, true],
    [100, 69, true],
    [100, 70, false],
    [100, 100, false],
  ])('after %i requests with %i errors lets the next through: %s', (requests, errors, allowed) => {
    expect(breakerAfter(requests, errors).allows(1001)).toBe(allowed)
  })

  it('opens at more than 1,000 errors whatever their share', () => {
    const breaker = createBreaker()
    for (let i = 0; i < 1000; i++) {
      breaker.record(1000, false)
      breaker.record(1000, true)
    }
    expect(breaker.allows(1000)).toBe(true)
    breaker.record(1000, true)
    expect(breaker.allows(1000)).toBe(false)
  })

  it('forgets errors after five minutes', () => {
    const breaker = breakerAfter(99, 99)
    breaker.record(1000 + 300_000, true)
    expect(breaker.allows(1000 + 300_001)).toBe(true)
  })

  it('lets one probe through after 5 s, and closes when it succeeds', () => {
    const breaker = breakerAfter(100, 100)
    expect(breaker.allows(5999)).toBe(false)
    expect([breaker.allows(6000), breaker.allows(6000)]).toEqual([true, false])
    breaker.record(6000, true)
    expect(breaker.allows(10_999)).toBe(false)
    expect(breaker.allows(11_000)).toBe(true)
    breaker.record(11_000, false)
    expect([breaker.allows(11_000), breaker.allows(11_000)]).toEqual([true, true])
  })
})
