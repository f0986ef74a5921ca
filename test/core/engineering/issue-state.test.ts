import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ISSUE_STATES,
  type IssueStanding,
  isNewer,
  jiraState,
  linearState,
} from '../../../core/engineering/issue-state.ts'

const standing = fc.record({ state: fc.constantFrom(...ISSUE_STATES), at: fc.integer({ min: 0, max: 3 }) })

describe('isNewer', () => {
  const last = (all: IssueStanding[]) => all.reduce((held, one) => (isNewer(one, held) ? one : held))

  it('holds the same standing whatever order deliveries come in, and however often', () => {
    const rows = fc.array(standing, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(rows, rows, (all, again) => {
        const some = again.filter((one) => all.some(({ at, state }) => at === one.at && state === one.state))
        expect(last([...all.toReversed(), ...some])).toEqual(last(all))
      }),
    )
  })

  it('never lets an older standing win', () => {
    fc.assert(
      fc.property(standing, standing, (one, other) => {
        expect(isNewer(one, other) && one.at < other.at).toBe(false)
      }),
    )
  })
})

describe('jiraState', () => {
  it.each([
    ['new', 'To Do', null, false, 'open'],
    ['indeterminate', 'In Progress', null, false, 'in-progress'],
    ['done', 'Done', 'Done', false, 'fixed'],
    ['done', 'Done', null, false, 'fixed'],
    ['done', 'Erledigt', 'Behoben', false, 'fixed'],
    ['done', 'Released', 'Done', false, 'released'],
    ['done', 'Done', 'Fixed', true, 'released'],
    ['indeterminate', 'In Review', null, true, 'in-progress'],
    ['done', 'Done', "Won't Do", true, 'closed-unfixed'],
    ['done', 'Done', 'Won’t Fix', false, 'closed-unfixed'],
    ['done', 'Done', 'Duplicate', false, 'closed-unfixed'],
    ['done', 'Done', 'Cannot Reproduce', false, 'closed-unfixed'],
    ['done', 'Done', 'Works as designed', false, 'closed-unfixed'],
    ['done', 'Rejected', null, false, 'closed-unfixed'],
    ['done', 'Erledigt', 'Nicht reproduzierbar', false, 'closed-unfixed'],
    ['undefined', 'No Category', null, false, 'open'],
  ] as const)('takes %s, %s, %s, in a release: %s for %s', (category, status, resolution, isInRelease, state) => {
    expect(jiraState(category, { status, resolution, isInRelease })).toBe(state)
  })
})

describe('linearState', () => {
  it.each([
    ['triage', 'Triage', 'open'],
    ['backlog', 'Backlog', 'open'],
    ['unstarted', 'Todo', 'open'],
    ['started', 'In Review', 'in-progress'],
    ['completed', 'Done', 'fixed'],
    ['completed', 'Released', 'released'],
    ['canceled', 'Canceled', 'closed-unfixed'],
    ['duplicate', 'Duplicate', 'closed-unfixed'],
    ['something new', 'Whatever', 'open'],
  ] as const)('takes %s, %s for %s', (type, name, state) => expect(linearState(type, name)).toBe(state))
})
