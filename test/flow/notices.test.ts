import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/units.ts'
import { prepareHandOvers, sendHandOver } from '../support/hand-overs.ts'
import { aNote } from '../support/notes.ts'
import { startTold, type ToldWorld } from './notices-world.ts'

const ROLES = `
  channels:
    slack: { channel: "#escalations" }
    email: { from: Baton <baton@northwind.example> }
  notifications:
    roles: { tier2_lead: [{ name: Kei Mori, email: kei@northwind.example }] }
    send:`

const FALLING_BACK = `${ROLES}
      - { kind: handoff, to: tier2_lead, over: slack, fallback: email, fallback_after: 10m }
      - { kind: handoff, over: pagerduty, fallback: zendesk }
      - { kind: [accepted, progress], to: tier2_lead, over: slack }
`

/** How many notices ended how: `failed handoff slack: no-answer` → 5. */
async function tally({ notices }: ToldWorld): Promise<Record<string, number>> {
  const outcomes = (await notices())
    .filter(({ kind }) => kind !== 'state')
    .map(({ state, kind, channel, why }) => `${state} ${kind} ${channel}${why === null ? '' : `: ${why}`}`)
  return Object.fromEntries([...Map.groupBy(outcomes, (one) => one)].map(([one, same]) => [one, same.length]))
}

describe('Slack is down for an hour and PagerDuty refuses', () => {
  it('tells the same people over other channels, and Slack once it is back, each thing once', async () => {
    await using told = await startTold({ policy: FALLING_BACK, pagerDutyKey: '0'.repeat(32) })
    const { world, slack, pagerduty, smtp, pass } = told
    slack.setDown({ status: 503 })
    const tickets = [world.newTicket(), world.newTicket(), world.newTicket()]
    for (const { id } of tickets) await world.agent('Ana').send(id, aNote())
    await world.settle()

    // What is refused goes elsewhere at once, what gets no answer after its time.
    expect(await tally(told)).toEqual({
      'failed handoff pagerduty: invalid-routing-key': 3,
      'accepted handoff zendesk': 3,
      'queued handoff slack: unavailable': 3,
    })
    await pass(9)
    expect(smtp.letters).toEqual([])
    await pass(2)
    expect(smtp.letters.map(({ to }) => to)).toEqual(tickets.map(() => ['kei@northwind.example']))

    for (const { id } of tickets) await world.agent('Elif').say(id, 'accept')
    await world.settle()
    await pass(20)
    for (const { id } of tickets)
      await world.agent('Elif').say(id, 'progress', { status: 'fixing', actions_taken: ['Logs'] })
    await pass(29)
    expect(slack.state.messages).toEqual([])
    slack.setDown(null)
    await pass(10)

    expect(await tally(told)).toEqual({
      'failed handoff pagerduty: invalid-routing-key': 3,
      'accepted handoff zendesk': 3,
      'failed handoff slack: unavailable': 3,
      'accepted handoff email': 3,
      'accepted accepted slack': 3,
      'accepted progress slack': 3,
    })
    // What waited comes as one message of each escalation, below a top that says how it stands.
    expect(slack.state.messages).toHaveLength(6)
    for (const { id } of tickets) {
      const name = await told.escalationOf(id)
      const [top, ...more] = slack.state.messages.filter(({ text }) => text.includes(name))
      expect(top).toMatchObject({ threadTs: null })
      expect(more).toMatchObject([{ threadTs: top!.ts }])
    }
    expect(smtp.letters).toHaveLength(3)
    expect(pagerduty.alerts).toEqual([])
  })
})

/** Every hour counts; the specialists answer within two hours and resolve within eight. */
const STORM = `
  clocks: { customer: { target: 40h } }
  auto_escalation: { at: [], clocks: [] }
${ROLES}
      - { kind: [handoff, breach_warning], to: tier2_lead, over: [slack, email] }
`
const TICKETS = 30

describe(`a server that was away for six hours while ${TICKETS} tickets fell due`, () => {
  it('tells each ticket once in each channel, whole, however slowly the channel takes it', async () => {
    await using told = await startTold({ policy: STORM, slackPerSecond: 50 })
    const { world, slack, smtp, untilTold } = told
    const handOvers = prepareHandOvers(world.zendesk, TICKETS)
    for (const handOver of handOvers) expect(await sendHandOver(handOver)).toBe('sent')
    await untilTold(15)
    const [posted, written] = [slack.state.messages.length, smtp.letters.length]
    // A top and the hand-off below it; a letter.
    expect([posted, written]).toEqual([2 * TICKETS, TICKETS])

    await world.zendesk.world.clock.advance(6 * HOUR_MS)
    await untilTold(15)
    const posts = slack.state.messages.slice(posted)
    const letters = smtp.letters.slice(written)
    expect([posts.length, letters.length]).toEqual([TICKETS, TICKETS])
    for (const { ticketId } of handOvers) {
      const name = await told.escalationOf(ticketId)
      const top = slack.state.messages.find(({ text, threadTs }) => threadTs === null && text.includes(name))
      expect(
        posts.filter(({ threadTs }) => threadTs === top!.ts),
        name,
      ).toHaveLength(1)
      const subjects = letters.map(({ headers }) => headers.subject!).filter((subject) => subject.includes(name))
      expect(subjects, name).toHaveLength(1)
    }
  }, 180_000)
})
