import { beforeAll, describe, expect, it } from 'vitest'
import { inAccount } from '../../server/db/in-account.ts'
import type { Agent } from '../support/agent.ts'
import { findWrong, type HandOver, prepareHandOvers, readRecorded, sendHandOver } from '../support/hand-overs.ts'
import { createRandom } from '../support/random.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import type { Faults } from '../zendesk/world.ts'

const COUNT = 16
const FAIR = { duplicateWebhooks: 0, dropEveryNthWebhook: 0, reorderWebhooks: 0 }
const limits = { accountPerMinute: 1e6, sessionPer5Minutes: 1e6, ticketUpdatesPerMinute: 1e6 }

/** What somebody sees who looks at a ticket afterwards, without the number its escalation happened to get. */
type Seen = { group: string | null; tags: string[]; fields: unknown[]; priority: string | null; comments: string[] }

let fair: Seen[]
beforeAll(async () => {
  fair = await play(FAIR)
})

describe('tickets that are escalated and worked on by others meanwhile', () => {
  it.each<[string, Partial<Faults>]>([
    ['come three times', { duplicateWebhooks: 2 }],
    ['are lost every second time', { dropEveryNthWebhook: 2 }],
    ['are all lost', { dropEveryNthWebhook: 1 }],
    ['come last first', { reorderWebhooks: 7 }],
    [
      'come twice, last first, and every third not at all',
      { duplicateWebhooks: 1, dropEveryNthWebhook: 3, reorderWebhooks: 5 },
    ],
  ])('end as in fair weather when webhooks %s', async (_, weather) => {
    expect(await play({ ...FAIR, ...weather })).toEqual(fair)
  })
})

/** The same story in any weather: four hand-overs at a time, then a few updates by others, then Baton has its turn. */
async function play(weather: typeof FAIR): Promise<Seen[]> {
  await using world = await startWorld({ zendesk: { limits } })
  const random = createRandom(7)
  const handOvers = prepareHandOvers(world.zendesk, COUNT)
  const others = ['Lea', 'Jo'].map((name) => world.agent(name))
  Object.assign(world.zendesk.world.faults, weather)

  for (let begun = 0; begun < COUNT; begun += 4) {
    const sent = await Promise.all(handOvers.slice(begun, begun + 4).map(sendHandOver))
    expect(new Set(sent)).toEqual(new Set(['sent']))
    for (let update = 0; update < 6; update++) {
      await workOn(world, random.pick(handOvers.slice(0, begun + 4)), random.pick(others), random.between(1, 99))
      if (random.chance(0.3)) await world.settle()
    }
  }
  Object.assign(world.zendesk.world.faults, FAIR)
  for (let minutes = 0; minutes < 3; minutes++) await world.advance({ minutes: 1 })

  const recorded = await inAccount(world.context.db, world.context.account.id, readRecorded)
  expect(handOvers.flatMap((one) => findWrong(one, world.zendesk, recorded, others))).toEqual([])
  return handOvers.map((one) => look(world, one))
}

/** An update of somebody else's: a tag, a public answer, and what they think of the urgency. */
async function workOn(world: TestWorld, { ticketId }: HandOver, who: Agent, number: number): Promise<void> {
  const { tags } = world.ticket(ticketId)
  const comment = { body: `Found trace ${number}`, public: number % 2 === 0 }
  const answer = await who.put(ticketId, { tags: [...tags, `trace_${number}`], type: 'problem', comment })
  expect(answer.status).toBe(200)
}

function look(world: TestWorld, { ticketId }: HandOver): Seen {
  const { state } = world.zendesk.world
  const { tags, custom_fields, priority } = world.ticket(ticketId)
  return {
    group: world.groupOf(ticketId),
    tags: tags.toSorted(),
    fields: Object.entries(custom_fields).filter(([, value]) => !String(value).startsWith('ESC-')),
    priority,
    comments: state.comments[ticketId]!.map(({ author_id, public: isPublic }) => `${author_id} ${isPublic}`).toSorted(),
  }
}
