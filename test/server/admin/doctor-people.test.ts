import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleFindings } from '../../../server/admin/doctor-people.ts'
import { aPolicy } from '../../core/policy/policies.ts'
import type { User } from '../../zendesk/state/model.ts'
import { type AnAccount, anAccount } from './an-account.ts'

let account: AnAccount
let agent: User
let customer: User
beforeAll(async () => {
  account = await anAccount()
  const users = Object.values(account.state.users)
  agent = users.find(({ role }) => role === 'agent')!
  customer = users.find(({ role }) => role === 'end-user')!
})
afterAll(() => account?.[Symbol.asyncDispose]())

async function look(people: { zendesk?: number; email: string }[]): Promise<string[]> {
  const list = people.map(
    ({ email, zendesk }) => `{ name: P, email: ${email}${zendesk === undefined ? '' : `, zendesk: ${zendesk}`} }`,
  )
  const policy = aPolicy(`  notifications: { people: [${list.join(', ')}] }\n`)
  const api = await account.context.zendeskFor(account.context.account.id)
  return (await peopleFindings(policy, api)).map(({ title }) => title)
}

describe('doctor', () => {
  it('finds nothing wrong with people who are who they are in Zendesk, and says nothing of others', async () => {
    expect(await look([{ email: agent.email!, zendesk: agent.id }])).toEqual([
      '1 people of the policy are who they are in Zendesk',
    ])
    expect(await look([{ email: 'else@where.example' }])).toEqual([])
  })

  it('names people who are gone, are no agents or have another address', async () => {
    expect(
      await look([
        { email: 'gone@northwind.example', zendesk: 987_654 },
        { email: customer.email!, zendesk: customer.id },
        { email: 'other@northwind.example', zendesk: agent.id },
      ]),
    ).toEqual([
      'P (Zendesk 987654) is no user of Zendesk any more',
      `P (Zendesk ${customer.id}) is no agent`,
      `P (Zendesk ${agent.id}) has another address in Zendesk`,
    ])
    expect(account.writes()).toEqual([])
  })
})
