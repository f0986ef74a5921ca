import { describe, expect, it } from 'vitest'
import { anAccount } from './an-account.ts'

const keep = { withFields: false }
const everything = { withFields: true }

describe('uninstall', () => {
  it('takes triggers, webhook and view away, and leaves what holds history', async () => {
    await using account = await anAccount()
    const { administration, state } = account
    const others = { triggers: Object.keys(state.triggers), views: Object.keys(state.views) }
    const { fields } = await administration.setup()

    await administration.remove(await administration.removals(keep), keep)
    expect(Object.keys(state.webhooks)).toEqual([])
    expect(Object.keys(state.triggers)).toEqual(others.triggers)
    expect(Object.keys(state.views)).toEqual(others.views)
    for (const id of Object.values(fields)) expect(state.ticket_fields[id]).toBeDefined()
  })

  it('can be run twice, and again when the fields are to go too', async () => {
    await using account = await anAccount()
    const { administration, state } = account
    const { fields } = await administration.setup()
    await administration.remove(await administration.removals(keep), keep)
    expect(await administration.removals(keep)).toEqual([])

    const planned = await administration.removals(everything)
    expect(planned).toHaveLength(Object.keys(fields).length)
    await administration.remove(planned, everything)
    for (const id of Object.values(fields)) expect(state.ticket_fields[id]).toBeUndefined()
    expect(await administration.removals(everything)).toEqual([])
  })

  it('goes on when it was cut short, and past what somebody else took away', async () => {
    await using account = await anAccount()
    const { administration, state } = account
    const { triggerId } = await administration.setup()
    delete state.triggers[triggerId!]
    const fault = { method: 'DELETE', path: /views/, times: 1, answer: { status: 500 } }
    account.zendesk.world.faults.answers.push(fault)

    await expect(administration.remove(await administration.removals(keep), keep)).rejects.toThrow('answered 500')
    await administration.remove(await administration.removals(keep), keep)
    expect(Object.keys(state.webhooks)).toEqual([])
    expect(Object.values(state.views).map(({ title }) => title)).not.toContain('Escalated tickets')
  })

  it('can be followed by a setup that makes everything anew and keeps the fields', async () => {
    await using account = await anAccount()
    const { administration, state } = account
    const { fields } = await administration.setup()
    await administration.remove(await administration.removals(keep), keep)

    expect((await administration.setup()).fields).toEqual(fields)
    expect(Object.keys(state.webhooks)).toHaveLength(1)
    expect((await administration.doctor()).filter(({ level }) => level === 'failure')).toEqual([])
  })
})
