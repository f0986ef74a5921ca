import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { connect, type Database } from '../../server/db/connect.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { type BatonProcess, prepareBatonProcess } from '../support/baton-process.ts'
import { createRunningClock } from '../support/clock.ts'
import { prepareHandOvers } from '../support/hand-overs.ts'
import { policyFile } from '../support/policy-file.ts'
import { createRandom, type Random } from '../support/random.ts'
import { companyState } from '../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk } from '../zendesk/server.ts'
import { type Channels, startChannels } from './killed-channels.ts'
import { findLostNotices, findWrongInChannels, findWrongOnTickets, readNotices } from './killed-compare.ts'
import { createPeople, type People } from './killed-people.ts'
import { NO_LIMITS, seed, untilCalled, untilCaughtUp, untilDatabaseKilled, untilQuiet } from './killed-world.ts'

const TICKETS = 16
const KILLS = 8
const DATABASE_KILLS = 4
/** Zendesk holds back from its export what is younger. */
const HELD_BACK_MS = MINUTE_MS + SECOND_MS
/** Every third ticket is left waiting, and warned about 72 seconds after its hand-over by Zendesk's clock. */
const stepsOf = (index: number) => (index % 3 === 0 ? 0 : index % 3 === 1 ? 3 : 1)

/** Whatever happens is told over every channel. */
const policyOf = (webhookUrl: string) => `${readPreset('four-tier')}
  clocks: { first_response: { warn_at: [1] } }
  channels:
    slack: { channel: "#escalations" }
    email: { from: Baton <baton@northwind.example> }
    webhook: { url: "${webhookUrl}" }
  notifications:
    roles: { tier2_lead: [{ name: Kei Mori, email: kei@northwind.example }] }
    send:
      - { kind: [handoff, breach_warning, progress], to: tier2_lead, over: [slack, pagerduty, email, webhook] }
      - { kind: [accepted, resolved], to: tier2_lead, over: [slack, email, webhook] }
      - { kind: handoff, over: zendesk }
`

it(`loses no notice and doubles none where its channel allows it when it is killed ${KILLS} times, in ${DATABASE_KILLS} of them with its database`, async () => {
  const random = createRandom(seed)
  // Zendesk's clock is behind by what it holds back, so that at the end both can show the same time.
  const clock = createRunningClock(-HELD_BACK_MS)
  await using channels = await startChannels()
  await using zendesk = await startZendesk({ clock, state: await companyState(clock.now()), limits: NO_LIMITS })
  const policy = policyFile(policyOf(channels.webhookUrl))
  await using baton = await prepareBatonProcess(zendesk, { ...channels.env, BATON_POLICY: policy })
  const handOvers = prepareHandOvers(zendesk, TICKETS)
  const people = createPeople(zendesk, handOvers, stepsOf)

  const cuts = await killWhileTelling({ baton, zendesk, channels, people }, random)
  const about = () => `seed ${seed}, cut ${cuts.join(' ')}; the server said:\n${baton.said.join('\n')}`
  // Otherwise it is the quiet moments that are tested.
  expect(cuts.length, about()).toBeGreaterThan(0)

  await clock.advance(HELD_BACK_MS)
  await baton.start()
  await zendesk.settle()
  const db = connect(baton.databaseUrl(), { role: null })
  try {
    await untilCaughtUp(db)
    await untilSaid(people, zendesk, about)
    await untilNothingIsDue(db)
    const left = await untilQuiet(db)
    const rows = await readNotices(db)
    const wrong = [
      ...(await findLostNotices(db, handOvers, stepsOf)),
      ...findWrongInChannels(rows, channels, await db.selectFrom('notice_thread').selectAll().execute()),
      ...(await findWrongOnTickets(db, zendesk, handOvers)),
    ]
    expect({ left, wrong }, about()).toEqual({ left: [], wrong: [] })
  } finally {
    await db.destroy()
  }
  expect(await baton.stop()).toBe(0)
}, 180_000)

type Killing = { baton: BatonProcess; zendesk: LocalZendesk; channels: Channels; people: People }

/** Kills the server at random moments, often between a channel's work and its answer; answers what was cut. */
async function killWhileTelling({ baton, zendesk, channels, people }: Killing, random: Random): Promise<string[]> {
  const cuts: string[] = []
  const withDatabase = random.shuffle(Array.from({ length: KILLS }, (_, index) => index < DATABASE_KILLS))
  for (const [round, isDatabaseKilled] of withDatabase.entries()) {
    const listens = baton.start()
    // The last rounds have no new tickets, so that those that wait are warned about while the server is killed.
    const notes = Math.ceil(TICKETS / (KILLS - 4))
    if (random.chance(0.15)) {
      await people.act(notes)
      await delay(random.between(0, 1000))
    } else {
      await listens
      const where = random.pick(['before', 'after', 'after', 'mail', 'anywhere'] as const)
      const letters = channels.smtp.letters.length
      const mark = `${round}:${where}`
      const cut = where === 'before' || where === 'after' ? afterSome(channels, where, random.between(0, 12)) : null
      await people.act(notes)
      if (cut !== null) {
        const path = await cut
        if (path !== null) cuts.push(`${mark}${path}`)
      } else if (where === 'mail') {
        await untilTrue(() => channels.smtp.letters.length > letters, 1000)
      } else {
        await untilCalled(zendesk, random.between(0, 24))
        await delay(random.between(0, 10))
      }
    }
    const isDatabaseFirst = isDatabaseKilled && random.chance(0.5)
    if (isDatabaseFirst) await untilDatabaseKilled(baton)
    await baton.kill()
    if (isDatabaseKilled && !isDatabaseFirst) await untilDatabaseKilled(baton)
    channels.gate.release()
  }
  return cuts
}

/** Cuts a call after so many have passed, or the next one when there are no more. */
async function afterSome({ gate }: Channels, where: 'before' | 'after', calls: number): Promise<string | null> {
  const from = gate.passed()
  await untilTrue(() => gate.passed() - from >= calls, 700)
  return gate.cutNext(where, 1000)
}

/** Has people say what is left, each thing as soon as the ticket shows that it can be said. */
async function untilSaid(people: People, zendesk: LocalZendesk, about: () => string): Promise<void> {
  for (const deadline = Date.now() + 60_000; people.left() > 0; await delay(50)) {
    if (Date.now() > deadline) throw new Error(`${people.left()} things could not be said: ${about()}`)
    await people.act(TICKETS)
    await zendesk.settle()
  }
}

/** Waits until no clock has anything to tell for the time of a comparison. */
async function untilNothingIsDue(db: Database): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await delay(200)) {
    const { next } = await db
      .selectFrom('escalation_clocks')
      .innerJoin('escalation', 'escalation.id', 'escalation_clocks.escalation_id')
      .select(({ fn }) => fn.min('next_due_at').as('next'))
      .executeTakeFirstOrThrow()
    if (next === null || next > Date.now() + MINUTE_MS) return
    if (Date.now() > deadline) throw new Error(`A clock is still due at ${new Date(next).toISOString()}`)
  }
}

async function untilTrue(isSo: () => boolean, withinMs: number): Promise<void> {
  for (const deadline = Date.now() + withinMs; !isSo() && Date.now() < deadline; ) await delay(1)
}
