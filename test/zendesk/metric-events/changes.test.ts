import { expect, it } from 'vitest'
import { MINUTE_MS } from '../../../core/units.ts'
import { seconds } from '../http/times.ts'
import { aPolicy, aTarget } from '../slas/a-policy.ts'
import { startSmallAccount } from '../small-account.ts'
import { updateTicket } from '../tickets/create.ts'
import { changedAt, createMetricChanges } from './changes.ts'
import { metricEventsOf } from './derive.ts'

it('tells the changes that all tickets together have, from any second on', async () => {
  await using account = await startSmallAccount()
  const { world, clock, ana } = account
  await account.as(account.lea)('POST', 'slas/policies', aPolicy({ policy_metrics: [aTarget()] }))
  const begunAt = seconds(clock.now())
  for (let turn = 0; turn < 130; turn++) {
    const { id } = account.aTicket({ priority: 'high' })
    await clock.advance(MINUTE_MS)
    // Takes back the breach that was foreseen.
    updateTicket(world, ana, turn % 2 === 0 ? id : Math.ceil(id / 2), { comment: { body: 'Again', public: true } })
  }
  const newest = seconds(clock.now()) - 10
  const secondOf = (event: Parameters<typeof changedAt>[0]) => seconds(changedAt(event))
  const all = Object.keys(world.state.tickets)
    .flatMap((id) => metricEventsOf(world.state, Number(id)))
    .filter((event) => secondOf(event) <= newest)
    .sort((a, b) => changedAt(a) - changedAt(b) || a.id - b.id)
  const changes = createMetricChanges(world.state)
  for (const start of [0, begunAt + 1, begunAt + 3600, newest]) {
    const expected = all.filter((event) => secondOf(event) >= start)
    expect(changes.since(start, newest, Number.POSITIVE_INFINITY, () => true)).toEqual(expected)
    const some = changes.since(start, newest, 50, () => true)
    expect(some).toEqual(expected.slice(0, some.length))
    expect(some.length).toBeGreaterThanOrEqual(Math.min(50, expected.length))
  }
  const ofOne = all.filter((event) => event.ticket_id === 7)
  expect(changes.since(0, newest, 10_000, ({ id }) => id === 7)).toEqual(ofOne)
  expect(ofOne.length).toBeGreaterThan(5)
})
