import { describe, expect, it } from 'vitest'
import type { Author, Standing } from '../../../core/escalation/facts.ts'
import type { Escalation } from '../../../core/escalation/state.ts'
import { standingIn } from '../../../server/observe/standing.ts'
import { aLoadedPolicy } from '../../core/policy/policies.ts'
import { LIFE_POLICY } from '../../flow/life-world.ts'

const policy = aLoadedPolicy(
  LIFE_POLICY.replace(
    'roles:',
    `people: [{ name: Pat Chief, email: pat@northwind.example, zendesk: 77 }]
    roles:
      tier2_lead: [{ name: Elif Aydin, email: elif@northwind.example }]
      tier3_lead: [{ name: Jo Fraser, email: jo@northwind.example }]`,
  ),
)
const groups = ['Support', 'Identity specialists', 'Data specialists', 'Executive desk'].map((name, id) => ({
  id,
  name,
}))

const open = {
  decision: { group: 'Identity specialists', queue: 'identity', tier: 2, severity: 'P2' },
  handOvers: [{ tier: 2, queue: 'identity' }],
  from: { groupName: 'Support' },
  requestedBy: { id: 1, name: 'Ana' },
  owner: { id: 5, name: 'Owen' },
  approval: null,
} as unknown as Escalation

type Who = Partial<Author> & { email?: string | null; in?: string[] }

function standing({ email = null, in: names = [], ...given }: Who, escalation: Escalation | null = open): string[] {
  const groupIds = groups.filter(({ name }) => names.includes(name)).map(({ id }) => id)
  const author: Author = { id: 9, name: 'Somebody', role: 'agent', isLightAgent: false, groupIds, ...given }
  const found = standingIn({ author, email }, escalation, groups, policy)
  return Object.keys(found).filter((part) => found[part as keyof Standing])
}

describe('what somebody is to an escalation', () => {
  it.each<[string, Who, string[]]>([
    ['who is in the group of the queue', { in: ['Identity specialists'] }, ['isReceiver']],
    ['who has it', { id: 5 }, ['isReceiver']],
    ['who asked for it', { id: 1 }, ['isEscalator']],
    ['who is in the group it came from', { in: ['Support'] }, ['isEscalator']],
    ['whom the policy names lead of the tier', { email: 'ELIF@northwind.example' }, ['isLead']],
    ['who leads another tier', { email: 'jo@northwind.example' }, []],
    ['who only bears the name of a lead', { name: 'Elif Aydin' }, []],
    ['who is an admin', { role: 'admin' }, ['isAdmin']],
    ['who is in other groups', { in: ['Data specialists'] }, []],
  ])('is told of somebody %s', (_, who, parts) => {
    expect(standing(who)).toEqual(parts)
  })

  it.each<[string, string, Who, boolean]>([
    ['a role of the policy', 'Director', { email: 'kim@northwind.example' }, true],
    ['a role of the policy, for somebody else', 'Director', { email: 'elif@northwind.example' }, false],
    ['a group of Zendesk’s', 'Executive desk', { in: ['Executive desk'] }, true],
    ['an address', 'ana@northwind.example', { email: 'ana@northwind.example' }, true],
    ['somebody whom the policy lists, by id', 'Pat Chief', { id: 77 }, true],
    ['a name that somebody gave themselves', 'Pat Chief', { name: 'Pat Chief' }, false],
  ])('knows approvers by %s', (_, of, who, isApprover) => {
    const waiting = { ...open, approval: { of, state: 'pending' } } as unknown as Escalation
    expect(standing(who, waiting).includes('isApprover')).toBe(isApprover)
  })

  it('is nothing where no escalation is open, but for admins', () => {
    expect(standing({ id: 1, in: ['Identity specialists'] }, null)).toEqual([])
    expect(standing({ role: 'admin' }, null)).toEqual(['isAdmin'])
  })
})
