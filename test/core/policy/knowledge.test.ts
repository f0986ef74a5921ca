import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { loadPolicy } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'
import { aPolicy, PLAIN } from './policies.ts'

const SECTION = '  knowledge: { section: Known issues, permission_group: 7, user_segment: Agents and managers'

describe('what a policy says of knowledge', () => {
  it('is nothing unless it speaks of it: no drafts, and articles owed for five days', () => {
    expect(aPolicy().knowledge).toEqual({ drafts: null, draftFor: [], due: 7200, owner: 'resolver' })
  })

  it('is where drafts go, for whom, and what is owed', () => {
    const { knowledge } = aPolicy(`${SECTION}, labels: [a, a], draft_for: how_to, due: 2d }\n`)
    expect(knowledge).toEqual({
      drafts: {
        ...{ section: 'Known issues', runbookSection: 'Known issues', permissionGroup: 7, locale: 'en-us' },
        ...{ userSegment: 'Agents and managers', labels: ['a'] },
      },
      ...{ draftFor: ['how_to'], due: 2880, owner: 'resolver' },
    })
  })

  it.each([
    ['no segment', '  knowledge: { section: x, permission_group: y }\n', 'user_segment'],
    ['a language that is none', `${SECTION}, locale: EN }\n`, 'such as en-us'],
    ['a resolution that is none', `${SECTION}, draft_for: [howto] }\n`, 'draft_for'],
    ['no time', `${SECTION}, due: 0m }\n`, 'Write a span'],
  ])('is refused with %s', (_, more, message) => {
    const loaded = loadPolicy(PLAIN + more)
    expect(loaded.ok ? [] : loaded.problems.map((one) => formatProblem('p', one)).join()).toContain(message)
  })

  it('warns of an owner that nothing has', () => {
    const loaded = loadPolicy(`${PLAIN}${SECTION}, owner: component_owner }\n`)
    expect(loaded.ok && loaded.warnings.map(({ path }) => path)).toContain('escalation.knowledge.owner')
  })

  it('is told of when it changes', () => {
    const changed = diffPolicies(aPolicy(`${SECTION} }\n`), aPolicy(`${SECTION}, locale: de, due: 1d }\n`))
    expect(changed).toEqual(['where drafts of articles go: changed', 'articles due after minutes: 7200 → 1440'])
  })
})
