import type { Note } from '../../core/note/note.ts'
import type { Instant } from '../../core/units.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { aNote } from '../support/notes.ts'
import { policyFile } from '../support/policy-file.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import type { Ticket } from '../zendesk/state/model.ts'

/** Berlin's working week, by which the clocks of these tests count; noon in UTC is early in its afternoon. */
const BERLIN = `
  schedules:
    - id: berlin
      name: Berlin office
      timezone: Europe/Berlin
      weekly: { mon: [["09:00","17:00"]], tue: [["09:00","17:00"]], wed: [["09:00","17:00"]], thu: [["09:00","17:00"]], fri: [["09:00","17:00"]] }
`

/** The ready policy with four tiers: the specialists answer within 2h and resolve within 8h, engineering 1h and 4h. */
export function startClocks(time: string, options: Parameters<typeof startWorld>[0] = {}): Promise<TestWorld> {
  const yaml = `${readPreset('four-tier')}${BERLIN}${time}`
  return startWorld({ ...options, config: { ...options.config, policyFile: policyFile(yaml) } })
}

/** A ticket with the Identity specialists, handed over by Ana. */
export async function escalated(world: TestWorld, note: Note = aNote(), ticket: Ticket = world.newTicket()) {
  await world.agent('Ana').send(ticket.id, note)
  await world.settle()
  return ticket
}

export type Recorded = { kind: string; at: Instant; lateMs: number | null; clock: string | null }

/** What was recorded of time, in order. */
export async function recordedTimes({ context }: TestWorld, ticketId: number): Promise<Recorded[]> {
  const rows = await inAccount(context.db, context.account.id, (tx) =>
    tx.selectFrom('event').select(['kind', 'at', 'data']).where('ticket_id', '=', ticketId).orderBy('id').execute(),
  )
  return rows.map(({ kind, at, data }) => {
    const { lateMs = null, clock = null, percent = null } = data as Partial<Recorded> & { percent?: number }
    return { kind, at, lateMs, clock: percent === null ? clock : `${clock} ${percent}` }
  })
}

/** `Fri 13:30 clock-breached first-response`: what was recorded, in UTC. */
export async function story(world: TestWorld, ticketId: number): Promise<string[]> {
  return (await recordedTimes(world, ticketId)).map(
    ({ kind, at, clock }) => `${dayAndTime(at)} ${kind}${clock ? ` ${clock}` : ''}`,
  )
}

/** What Baton wrote into the ticket about time, oldest first. */
export function notices({ zendesk }: TestWorld, ticketId: number) {
  return zendesk.world.state.comments[ticketId]!.filter(({ plain_body }) => plain_body.startsWith('Due on '))
}

export function dayAndTime(at: Instant): string {
  const date = new Date(at)
  return `${['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getUTCDay()]} ${date.toISOString().slice(11, 16)}`
}
