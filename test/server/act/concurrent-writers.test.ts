import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act } from '../../../server/act/act.ts'
import { observe } from '../../../server/observe/observe.ts'
import type { ZendeskClient } from '../../../server/zendesk/client.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
let theirField: number
beforeAll(async () => {
  account = await serveAccount()
  theirField = account.zendesk.world.nextId('ticket_field')
  account.zendesk.world.state.ticket_fields[theirField] = {
    ...{ id: theirField, key: null, type: 'text', title: 'Theirs', description: '', active: true, position: 50 },
    ...{ required: false, removable: true, custom_field_options: [], created_at: 0, updated_at: 0 },
  }
})
afterAll(() => account[Symbol.asyncDispose]())

type Write = { tag: string; how: 'add' | 'remove'; afterMs: number; value: string }

const tag = fc.constantFrom('vip', 'sso', 'emea', 'beta', 'churn_risk')
const write: fc.Arbitrary<Write> = fc.record({
  tag,
  how: fc.constantFrom('add', 'remove'),
  // Zendesk's stamps have whole seconds: half of the writers come within the second we read in.
  afterMs: fc.constantFrom(0, 400, 1000, 61_000),
  value: fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() === text),
})

describe('others who write while we do', () => {
  it('lose no tag and no field, and bring none back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(tag), fc.array(write, { maxLength: 4 }), async (tags, writes) => {
        const ticketId = account.aTicket({ tags })
        account.send(account.people.agent, ticketId)
        const { accountId, deps } = account
        await observe({ accountId, ticketId }, deps)
        const [effect] = await account.effectsOf(ticketId)

        const theirs = new Set<string>(tags)
        let value: unknown
        const left = [...writes]
        account.withClient((client) => ({ updateTicket: writeBefore(client, () => left.shift()) }))
        await act({ accountId, effectId: effect!.id }, deps)

        const ticket = account.ticket(ticketId)
        const ours = /^(baton|baton_.*|team_identity)$/
        expect(ticket.tags.filter((one) => !ours.test(one)).toSorted()).toEqual([...theirs].toSorted())
        expect(ticket.custom_fields[theirField]).toEqual(value)
        expect(ticket).toMatchObject({ group_id: account.groups.identity.id })
        expect(ticket.tags).toEqual(expect.arrayContaining(['baton', 'team_identity', 'baton_tier_2']))
        const { escalations } = await account.stateOf(ticketId)
        expect(escalations[0]!.routing).toMatchObject({ state: 'done' })

        /** Between our read and our write, somebody changes a tag and a field. */
        function writeBefore(client: ZendeskClient, next: () => Write | undefined): ZendeskClient['updateTicket'] {
          return async (id, changes, seenAt) => {
            const one = next()
            if (one) {
              await account.clock.advance(one.afterMs)
              if (one.how === 'add') theirs.add(one.tag)
              else theirs.delete(one.tag)
              value = one.value
              const present = account.ticket(ticketId).tags
              const tags = one.how === 'add' ? [...present, one.tag] : present.filter((other) => other !== one.tag)
              account.change(account.people.specialist, ticketId, { tags, custom_fields: [{ id: theirField, value }] })
            }
            return client.updateTicket(id, changes, seenAt)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})
