import { describe, expect, it } from 'vitest'
import type { TicketState } from '../../core/escalation/state.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { aNote } from '../support/notes.ts'
import type { TestWorld } from '../support/world.ts'
import { beside } from './beside.ts'
import { LIFE_POLICY, record, standing, startLife, stateOf } from './life-world.ts'

/** A whole life: returned once, completed, accepted, raised by itself, fixed, watched, sent home, and escalated again. */
async function liveThrough(world: TestWorld, id: number): Promise<void> {
  const [ana, elif, jo] = [world.agent('Ana'), world.agent('Elif'), world.agent('Jo')]
  const steps: (() => Promise<unknown>)[] = [
    () => ana.send(id, aNote({ triage: { severity: 'P2' } })),
    () => elif.say(id, 'return', { reason: 'incomplete', missing: ['Environment'] }),
    () => ana.send(id, aNote({ diagnostics: { environment: 'Production, EU' } }), { verb: 'amend' }),
    () => world.advance({ hours: 9 }),
    () => jo.say(id, 'accept'),
    () => ana.say(id, 'resolve', {}),
    () => jo.say(id, 'progress', { status: 'fixing', root_cause: 'A stale cache' }),
    () => jo.put(id, { comment: { body: 'We have found it', public: true } }),
    () =>
      jo.say(id, 'resolve', {
        ...{ root_cause: 'A stale cache', resolution: 'fixed_in_code', fix: 'It is emptied' },
        ...{ article: 'not_needed', article_reason: 'Engineering only' },
      }),
    () => world.advance({ hours: 25 }),
    () => jo.say(id, 'deescalate', { rationale: 'It held', customer_confirmed: true }),
    () => ana.put(id, { group_id: groupId(world, 'Data specialists') }),
  ]
  for (const step of steps) {
    await step()
    await world.settle()
    await world.advance({ minutes: 5 })
  }
}

function groupId({ zendesk }: TestWorld, name: string): number {
  return Object.values(zendesk.world.state.groups).find((group) => group.name === name)!.id
}

/** What a record says, without when it was looked at and how often it was tried. */
function essence({ escalations, refusals, moments, commands, told }: TicketState) {
  return {
    escalations: escalations.map(({ routing: { attempts: _, ...routing }, ...escalation }) => ({
      ...escalation,
      routing,
    })),
    ...{ refusals, moments, commands, told },
  }
}

async function noticesIn({ context }: Pick<TestWorld, 'context'>): Promise<number> {
  const rows = await inAccount(context.db, context.account.id, (tx) => tx.selectFrom('notice').select('id').execute())
  return rows.length
}

async function events(world: Pick<TestWorld, 'context'>, id: number) {
  const late = ({ lateMs: _, ...event }: Partial<Record<string, unknown>>) => event
  return (await record(world, id)).map(({ at, ...event }) => ({
    ...late(event),
    ...(event.kind !== 'routed' && { at }),
  }))
}

describe('an empty database beside the same Zendesk', () => {
  it('gets the same record from the audits, ids included, and changes nothing in the tickets', async () => {
    await using world = await startLife({ policy: LIFE_POLICY.replace('send: []', 'dry_run: true') })
    const [first, second] = [world.newTicket({ subject: 'SSO login fails' }), world.newTicket({ subject: 'SSO again' })]
    await liveThrough(world, first.id)
    await world.agent('Ana').send(second.id, aNote())
    await world.settle()

    await using again = await beside(world)
    const audits = () => [first, second].map(({ id }) => world.zendesk.world.state.audits[id]!.length)
    const before = audits()
    // In whichever order the tickets are looked at.
    for (const { id } of [second, first]) await again.look(id)
    for (const { id } of [first, second]) {
      expect(essence(await stateOf(again, id))).toEqual(essence(await stateOf(world, id)))
      expect(await events(again, id)).toEqual(await events(world, id))
    }
    expect(audits()).toEqual(before)
    // People were told when it happened.
    expect(await noticesIn(world)).toBeGreaterThan(0)
    expect(await noticesIn(again)).toBe(0)

    const { id } = world.newTicket()
    await world.agent('Ana').send(id, aNote())
    await again.look(id)
    expect((await stateOf(again, id)).escalations).toMatchObject([{ id: 'ESC-2026-000004' }])
    expect(standing(world, id).group).toBe('Identity specialists')
  })
})
