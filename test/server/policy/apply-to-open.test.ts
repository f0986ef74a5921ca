import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEscalation } from '../../../core/escalation/state.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { applyToOpen } from '../../../server/policy/apply-to-open.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { type Replanned, replannedBy } from '../../../server/policy/touched.ts'
import { POLICY, type ServedAccount, serveAccount } from '../engine/served-account.ts'
import { movesOf, waitingFor } from '../schedules/office.ts'

const SHORTER = POLICY.replace('resolution_target: 8h', 'resolution_target: 4h')
const NO_IDENTITY = POLICY.replace('id: identity', 'id: people')

let account: ServedAccount
let ticketId: number
beforeEach(async () => {
  account = await serveAccount()
  ticketId = account.aTicket()
  account.send(account.people.agent, ticketId)
  await account.look(ticketId)
})
afterEach(() => account[Symbol.asyncDispose]())

async function save(yaml: string) {
  const { database, accountId, clock } = account
  const saved = await savePolicy(database.db, accountId, { yaml, author: 'Ada', reason: 'A test', now: clock.now() })
  if (!saved.ok) throw new Error(saved.problems[0]!.message)
  return saved.policy
}

async function touchedBy(yaml: string): Promise<Replanned[]> {
  const { database, accountId, clock } = account
  const policy = await save(yaml)
  const found: Replanned[] = []
  for await (const batch of replannedBy(policy, clock.now(), (run) => inAccount(database.db, accountId, run))) {
    found.push(...batch)
  }
  return found
}

async function applyOpen(yaml: string): Promise<number> {
  const { accountId, deps } = account
  return applyToOpen(accountId, { policy: await save(yaml), by: 'Ada' }, { ...deps, db: account.database.db })
}

async function open() {
  return openEscalation(await account.stateOf(ticketId))!
}

const deadline = async () => {
  const { countdowns } = await waitingFor(account.database.db, account.accountId, (await open()).id)
  return countdowns.find(({ id }) => id.endsWith('/resolution/breach'))!.at
}

describe('a policy that changes targets', () => {
  it('lists the open escalations it answers otherwise, each with what differs (C9, C20)', async () => {
    expect(await touchedBy(SHORTER)).toMatchObject([
      { escalationId: (await open()).id, ticketId, differences: expect.arrayContaining(['resolution 8h → 4h']) },
    ])
  })

  it('lists none when it says the same of time', async () => {
    expect(await touchedBy(`${POLICY}\n# a remark\n`)).toEqual([])
  })

  it('leaves open escalations as they began unless it is told otherwise (C20)', async () => {
    const before = await open()
    await save(SHORTER)
    await account.look(ticketId)
    expect((await open()).handOvers).toEqual(before.handOvers)
    expect(await deadline()).toBe(before.requestedAt + 8 * HOUR_MS)
  })

  it('applies to open escalations by choice: the time counted stays, the old deadline is kept (C7, C20)', async () => {
    const { requestedAt, id } = await open()
    await account.clock.advance(HOUR_MS)
    expect(await applyOpen(SHORTER)).toBe(1)
    expect(await deadline()).toBe(requestedAt + 4 * HOUR_MS)
    expect(await movesOf(account.database.db, account.accountId)).toContainEqual(
      expect.objectContaining({
        escalation_id: id,
        clock: 'resolution',
        from: requestedAt + 8 * HOUR_MS,
        to: requestedAt + 4 * HOUR_MS,
        why: expect.stringContaining('applied to open escalations by Ada'),
      }),
    )
  })

  it('is applied once, however often it is asked for', async () => {
    expect(await applyOpen(SHORTER)).toBe(1)
    expect(await applyOpen(SHORTER)).toBe(0)
  })

  it('names what it has no place for, and leaves that alone', async () => {
    const before = (await open()).handOvers
    expect(await touchedBy(NO_IDENTITY)).toMatchObject([
      { plan: null, differences: ['the policy has no queue identity any more'] },
    ])
    expect(await applyOpen(NO_IDENTITY)).toBe(0)
    expect((await open()).handOvers).toEqual(before)
  })

  it('does not touch what has ended (C11)', async () => {
    account.change(account.people.agent, ticketId, { status: 'solved' })
    await account.look(ticketId)
    account.change(account.people.agent, ticketId, { status: 'closed' })
    await account.look(ticketId)
    expect(await touchedBy(SHORTER)).toEqual([])
  })
})
