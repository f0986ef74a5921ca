import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { type BatonProcess, prepareBatonProcess } from '../support/baton-process.ts'
import { createRunningClock } from '../support/clock.ts'
import { findWrong, type HandOver, prepareHandOvers, readRecorded, sendHandOver } from '../support/hand-overs.ts'
import { createRandom, type Random } from '../support/random.ts'
import { companyState } from '../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk } from '../zendesk/server.ts'
import { NO_LIMITS, seed, untilCalled, untilCaughtUp, untilDatabaseKilled, untilQuiet } from './killed-world.ts'

const ESCALATIONS = 100
const KILLS = 25
const DATABASE_KILLS = 12
const SENT_WHILE_STARTING = 1
/** So many calls to Zendesk a few hand-overs cost; a kill comes after a random number of them. */
const CALLS = 24

it(`loses nothing and doubles nothing of ${ESCALATIONS} escalations when it is killed ${KILLS} times, in ${DATABASE_KILLS} of them with its database`, async () => {
  const random = createRandom(seed)
  const clock = createRunningClock()
  await using zendesk = await startZendesk({ clock, state: await companyState(clock.now()), limits: NO_LIMITS })
  await using baton = await prepareBatonProcess(zendesk)
  const handOvers = prepareHandOvers(zendesk, ESCALATIONS)

  const outcomes = await killWhileSending(baton, zendesk, handOvers, random)
  expect(new Set(outcomes), `seed ${seed}`).toEqual(new Set(['sent']))

  const acknowledged = acknowledgedIn(zendesk)
  // Otherwise it is catching up that is tested, not the kills.
  expect(acknowledged.length, `seed ${seed}`).toBeGreaterThan(ESCALATIONS / 2)
  // Zendesk does not send again what nobody listened to, and holds it back from its export for a minute.
  await clock.advance(MINUTE_MS + SECOND_MS)
  await baton.start()
  await zendesk.settle()

  const db = connect(baton.databaseUrl(), { role: null })
  try {
    await untilCaughtUp(db)
    const left = await untilQuiet(db)
    const recorded = await readRecorded(db)
    const wrong = handOvers.flatMap((handOver) => findWrong(handOver, zendesk, recorded))
    wrong.push(...(await findUnstored(db, acknowledged)))
    const missed = ESCALATIONS - new Set(acknowledged.map(({ ticketId }) => ticketId)).size
    const about = `seed ${seed}, ${missed} deliveries missed; the server said:\n${baton.said.join('\n')}`
    expect({ left, wrong }, about).toEqual({ left: [], wrong: [] })
  } finally {
    await db.destroy()
  }
  expect(await baton.stop()).toBe(0)
}, 240_000)

/** Kills the server at random moments of its start and of its work; answers what came of sending. */
async function killWhileSending(
  baton: BatonProcess,
  zendesk: LocalZendesk,
  handOvers: HandOver[],
  random: Random,
): Promise<string[]> {
  const waiting = [...handOvers]
  const sending: Promise<string>[] = []
  const send = (count: number) => sending.push(...waiting.splice(0, count).map(sendHandOver))

  const withDatabase = random.shuffle(Array.from({ length: KILLS }, (_, index) => index < DATABASE_KILLS))
  for (const [round, isDatabaseKilled] of withDatabase.entries()) {
    const listens = baton.start()
    const isStarting = random.chance(0.3)
    if (isStarting) {
      send(SENT_WHILE_STARTING)
      await delay(random.between(0, 1000))
    } else {
      await listens
      send(Math.ceil(waiting.length / (KILLS - round)))
      const isDelivered = random.chance(0.8)
      if (isDelivered) {
        await Promise.all(sending)
        await zendesk.settle()
      }
      await untilCalled(zendesk, random.between(0, CALLS))
      await delay(random.between(0, 10))
    }
    // A server that is just starting has a database to be killed a moment later.
    const isDatabaseFirst = isDatabaseKilled && (isStarting || random.chance(0.5))
    if (isDatabaseFirst) {
      await untilDatabaseKilled(baton)
      await delay(random.between(0, 300))
    }
    await baton.kill()
    if (isDatabaseKilled && !isDatabaseFirst) await untilDatabaseKilled(baton)
  }
  send(waiting.length)
  return Promise.all(sending)
}

type Acknowledged = { invocationId: string; ticketId: number }

/** Deliveries that were answered 202. */
function acknowledgedIn({ world }: LocalZendesk): Acknowledged[] {
  return Object.values(world.state.invocations)
    .filter(({ status }) => status === 'success')
    .map(({ id, payload }) => ({ invocationId: id, ticketId: Number(JSON.parse(payload).ticket_id) }))
}

async function findUnstored(db: Database, acknowledged: Acknowledged[]): Promise<string[]> {
  const rows = await db.selectFrom('inbox_delivery').select('invocation_id').execute()
  const stored = new Set(rows.map((row) => row.invocation_id))
  return acknowledged
    .filter(({ invocationId }) => !stored.has(invocationId))
    .map(({ ticketId }) => `ticket ${ticketId}: a delivery was acknowledged and is not stored`)
}
