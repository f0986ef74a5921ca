import { describe, expect, it } from 'vitest'
import { createBudget, type Lane } from '../../../server/zendesk/budget.ts'
import { createStoppedClock } from '../../support/clock.ts'

function spend(budget: ReturnType<typeof createBudget>, lane: Lane): number {
  let calls = 0
  while (budget.take(lane) === null) calls += 1
  return calls
}

const answered = (limit: number) => (name: string) => (name === 'x-rate-limit' ? String(limit) : undefined)

describe('the budget', () => {
  it('spends half of the smallest plan until it knows better', () => {
    expect(spend(createBudget(createStoppedClock(0)), 'interactive')).toBe(100)
  })

  it('spends half of the account’s limit', () => {
    const budget = createBudget(createStoppedClock(0))
    budget.learn(answered(700))
    expect(spend(budget, 'interactive')).toBe(350)
  })

  it('leaves a part for people when background work has taken its own', () => {
    const budget = createBudget(createStoppedClock(0))
    budget.learn(answered(400))
    expect(spend(budget, 'background')).toBe(140)
    expect(spend(budget, 'interactive')).toBe(60)
  })

  it('fills evenly and says when to come back', async () => {
    const clock = createStoppedClock(0)
    const budget = createBudget(clock)
    for (let calls = 0; calls < 100; calls++) expect(budget.take('interactive')).toBeNull()
    expect(budget.take('interactive')).toBe(600)
    await clock.advance(600)
    expect(budget.take('interactive')).toBeNull()
    await clock.advance(60_000)
    expect(spend(budget, 'interactive')).toBe(100)
  })

  it('has those it holds back come back one after the other', () => {
    const budget = createBudget(createStoppedClock(0))
    for (let calls = 0; calls < 100; calls++) budget.take('interactive')
    expect([1, 2, 3].map(() => budget.take('interactive'))).toEqual([600, 3000, 5400])
  })

  it('lets nothing out before the instant Zendesk named', async () => {
    const clock = createStoppedClock(0)
    const budget = createBudget(clock)
    budget.stopUntil(5000)
    budget.stopUntil(3000)
    expect(budget.take('interactive')).toBe(5000)
    await clock.advance(5000)
    expect(budget.take('interactive')).toBeNull()
  })
})
