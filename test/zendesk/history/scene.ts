import { createHash } from 'node:crypto'
import { type Answer, COMMAND_FORMS, type CommandName } from '../../../core/command/forms.ts'
import { BATON_TAG, type Envelope, type NoteVerb } from '../../../core/contract/command.ts'
import { canonicalForm } from '../../../core/form/canonical-form.ts'
import type { Form } from '../../../core/form/form.ts'
import { renderForm } from '../../../core/form/render-form.ts'
import type { Note } from '../../../core/note/note.ts'
import { NOTE_FORM } from '../../../core/note/note-form.ts'
import type { Instant } from '../../../core/units.ts'
import { isEndUser } from '../people/roles.ts'
import type { Ticket, User } from '../state/model.ts'
import type { TicketChanges } from '../tickets/changes.ts'
import { writeNewTicket, writeTicket } from '../tickets/write.ts'
import type { World } from '../world.ts'
import type { Agenda } from './agenda.ts'
import type { BatonOfThen } from './baton-of-then.ts'
import type { Customer } from './customers.ts'
import type { Hours } from './hours.ts'
import type { Staff } from './staff.ts'

/** Where a history plays: the company, its people, and the clock they share. */
export type Scene = {
  world: World
  agenda: Agenda
  hours: Hours
  staff: Staff
  customers: Customer[]
  baton: BatonOfThen
  /** Names of the groups whose tickets Baton looks at without having been asked. */
  specialistGroups: ReadonlySet<string>
  now(): Instant
  ticket(id: number): Ticket
  groupId(name: string): number
  /** The last ticket of a person's that was closed. */
  lastClosed: Map<number, number>
  open(user: User, channel: 'email' | 'web', changes: TicketChanges): Ticket
  write(user: User, ticketId: number, changes: TicketChanges): void
  reply(user: User, ticketId: number, body: string, changes?: TicketChanges): void
  send(user: User, ticketId: number, note: Note, verb: NoteVerb): void
  say<N extends CommandName>(user: User, ticketId: number, command: N, answer: Partial<Answer<N>>): void
}

export type Setting = Omit<
  Scene,
  'now' | 'ticket' | 'groupId' | 'lastClosed' | 'open' | 'write' | 'reply' | 'send' | 'say'
>

export function createScene(setting: Setting): Scene {
  const { world, agenda, baton, specialistGroups } = setting
  const { state } = world
  const groupIds = new Map(Object.values(state.groups).map(({ id, name }) => [name, id]))
  const watched = new Set([...specialistGroups].map((name) => groupIds.get(name)))
  return {
    ...setting,
    now: agenda.clock.now,
    ticket: (id) => state.tickets[id]!,
    groupId: (name) => groupIds.get(name)!,
    lastClosed: new Map(),
    open: (user, channel, changes) => writeNewTicket(world, { user, channel }, changes).ticket,
    write,
    reply: (user, ticketId, body, changes = {}) =>
      write(user, ticketId, { ...changes, comment: { body, public: true } }),
    send: (user, ticketId, note, verb) => command(user, ticketId, verb, NOTE_FORM as Form<unknown>, note),
    say: (user, ticketId, name, answer) => {
      const form = COMMAND_FORMS[name]
      command(user, ticketId, name, form as unknown as Form<unknown>, form.schema.parse(answer))
    },
  }

  function write(user: User, ticketId: number, changes: TicketChanges): void {
    const before = state.tickets[ticketId]!
    // What a person would notice: the ticket is gone or closed.
    if (before.status === 'closed' || before.status === 'deleted') return
    const { ticket } = writeTicket(world, { user, channel: isEndUser(user) ? 'email' : 'web' }, before, changes)
    const isMoved = ticket.group_id !== before.group_id && watched.has(ticket.group_id ?? -1)
    if (ticket.tags.includes(BATON_TAG) || isMoved) baton.notice(ticketId)
  }

  /** As the sidebar sends it: the words as a private comment, the envelope, and the tag. */
  function command(user: User, ticketId: number, verb: Envelope['verb'], form: Form<unknown>, written: unknown): void {
    const digest = createHash('sha256').update(canonicalForm(form, written), 'utf8').digest('base64url')
    const envelope: Envelope = { v: 1, verb, id: world.nextUlid(), ticket: ticketId, digest }
    write(user, ticketId, {
      comment: { html_body: renderForm(form, written), public: false },
      tags: [...new Set([...state.tickets[ticketId]!.tags, BATON_TAG])],
      metadata: { baton: envelope },
    })
  }
}
