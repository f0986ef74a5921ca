import { beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../core/units.ts'
import { DEMO_POLICY } from '../../demo/policy.ts'
import type { Ticket } from '../state/model.ts'
import { type History, historyState } from './history.ts'

const UNTIL = Date.parse('2026-11-30T10:00:00Z')
const FROM = UNTIL - 200 * DAY_MS

let history: History
let tickets: Ticket[]

beforeAll(async () => {
  history = await historyState({ tickets: 1200, episodes: 100, from: FROM, until: UNTIL, policy: DEMO_POLICY })
  tickets = Object.values(history.state.tickets)
})

/** How many of them; to be held against none. */
function count<T>(items: Iterable<T>, matches: (item: T) => boolean): number {
  return [...items].filter(matches).length
}

function escalations() {
  return [...history.baton.states()].flatMap((state) => state.escalations)
}

describe('a history', () => {
  it('is as long as was asked for, in the order of its time, and JSON all through', () => {
    expect(tickets).toHaveLength(1200)
    expect(escalations().length).toBeGreaterThan(90)
    expect(escalations().length).toBeLessThanOrEqual(100)
    const created = tickets.map(({ created_at }) => created_at)
    expect(created).toEqual(created.toSorted((a, b) => a - b))
    const audits = Object.values(history.state.audits).flat()
    const inTime = audits.toSorted((a, b) => a.id - b.id).map(({ created_at }) => created_at)
    expect(inTime).toEqual(inTime.toSorted((a, b) => a - b))
    expect(JSON.parse(JSON.stringify(history.state))).toEqual(history.state)
  })

  it('has a working week, and grows', () => {
    const on = (day: number) => count(tickets, ({ created_at }) => new Date(created_at).getUTCDay() === day)
    expect(on(1)).toBeGreaterThan(on(4))
    expect(on(4)).toBeGreaterThan(3 * on(0))
    const middle = (FROM + UNTIL) / 2
    const early = count(tickets, ({ created_at }) => created_at < middle)
    expect(early).toBeLessThan(tickets.length - early)
  })

  it('has what reports have to read right', () => {
    const { users, groups, audits } = history.state
    const having = {
      merged: count(tickets, ({ tags }) => tags.includes('closed_by_merge')),
      deleted: count(tickets, ({ status }) => status === 'deleted'),
      'follow-ups': count(tickets, ({ followup_source_id }) => followup_source_id !== null),
      'escalated twice': count(history.baton.states(), (state) => state.escalations.length > 1),
      'moved without a word': count(escalations(), ({ registeredBy }) => registeredBy === 'move'),
      returned: count(escalations(), ({ returns }) => returns.length > 0),
      withdrawn: count(escalations(), ({ ending }) => ending?.how === 'withdrawn'),
      'raised by itself': count(escalations(), (one) => one.handOvers.some(({ raisedFor }) => raisedFor !== null)),
      'with an issue': count(escalations(), ({ issues }) => issues.length > 0),
      'could be lower': count(escalations(), ({ resolution }) => resolution?.couldBeLower === true),
      'still open': count(escalations(), ({ stage }) => stage !== 'closed' && stage !== 'rejected'),
      'of an agent who is gone': count(tickets, ({ assignee_id }) => users[assignee_id ?? 0]?.active === false),
      'of a group with another name': count(
        tickets,
        ({ group_id }) => groups[group_id ?? 0]?.name === 'Customer onboarding',
      ),
      'solved and opened again': count(Object.values(audits), (list) => {
        return list.some(({ events }) => events.some((one) => one.previous_value === 'solved' && one.value === 'open'))
      }),
    }
    expect(Object.entries(having).filter(([, found]) => found === 0)).toEqual([])
  })

  it('hides nothing of what people and Baton wrote: internal words stay internal', () => {
    const { comments, users } = history.state
    const ours = Object.values(comments)
      .flat()
      .filter(({ author_id }) => users[author_id]!.name === 'Baton')
    expect(ours.length).toBeGreaterThan(100)
    expect(count(ours, (comment) => comment.public)).toBe(0)
    // A policy, a note and a text that do not fit each other would show as refused here.
    const refusals = [...history.baton.states()].flatMap((state) => state.refusals.map(({ reason }) => reason))
    expect(new Set(refusals)).toEqual(new Set(refusals.filter((reason) => reason === 'below-bar')))
  })
})
