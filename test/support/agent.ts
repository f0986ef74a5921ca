import { ulid } from 'ulid'
import type { Clearance } from '../../app/sidebar/clearance.ts'
import { createCommand } from '../../app/sidebar/command.ts'
import type { Written } from '../../app/sidebar/forms.ts'
import { sendCommand } from '../../app/sidebar/send.ts'
import type { SendOutcome } from '../../app/sidebar/send-plan.ts'
import { createZaf, type SdkClient } from '../../app/zaf/client.ts'
import { type Answer, COMMAND_FORMS, type CommandName } from '../../core/command/forms.ts'
import type { NoteVerb } from '../../core/contract/command.ts'
import type { Note } from '../../core/note/note.ts'
import { SESSION_COOKIE } from '../zendesk/oauth/authenticate.ts'
import type { LocalZendesk } from '../zendesk/server.ts'
import type { User } from '../zendesk/state/model.ts'

/** Nobody could say: any hand-over that is found counts. */
const UNKNOWN: Clearance = { asOf: null, refused: [] }

/** Somebody at the agent page: the sidebar's own sending code, over HTTP, in that person's session. */
export type Agent = {
  user: User
  /** Sends a note as the sidebar does. The same `commandId` twice is the same command twice. */
  send(
    ticketId: number,
    note: Note,
    options?: { verb?: NoteVerb; commandId?: string; clearance?: Clearance },
  ): Promise<SendOutcome>
  /** Says something after the note, as the sidebar does; what is left out of the answer is empty. */
  say<N extends CommandName>(
    ticketId: number,
    command: N,
    answer?: Partial<Answer<N>>,
    options?: { commandId?: string },
  ): Promise<SendOutcome>
  /** A ticket update of this person's own making. */
  put(ticketId: number, ticket: Record<string, unknown>): Promise<Response>
}

export function agentOf(zendesk: LocalZendesk, name: string): Agent {
  const user = Object.values(zendesk.world.state.users).find((one) => one.name.startsWith(name))
  if (!user) throw new Error(`Nobody at the demo company is called ${name}`)
  const headers = { cookie: `${SESSION_COOKIE}=${user.id}`, 'content-type': 'application/json', origin: zendesk.url }
  const zaf = createZaf(pageClient())

  return {
    user,
    async send(ticketId, note, { verb = 'escalate', commandId = ulid(), clearance = UNKNOWN } = {}) {
      const command = await createCommand(commandId, verb, ticketId, note)
      return sendCommand(zaf, command, { clearance, wait: async () => {} })
    },
    async say(ticketId, name, answer = {}, { commandId = ulid() } = {}) {
      const written = COMMAND_FORMS[name].schema.parse(answer) as Written<typeof name>
      const command = await createCommand(commandId, name, ticketId, written)
      return sendCommand(zaf, command, { clearance: UNKNOWN, wait: async () => {} })
    },
    put: (ticketId, ticket) =>
      fetch(`${zendesk.url}/api/v2/tickets/${ticketId}.json`, {
        method: 'PUT',
        headers,
        body: JSON.stringify({ ticket }),
      }),
  }

  /** Zendesk's client as far as sending needs it: relative requests with the person's session. */
  function pageClient(): SdkClient {
    const notHere = () => Promise.reject(new Error('Only requests are made here'))
    return { get: notHere, invoke: notHere, metadata: notHere, context: notHere, on: () => {}, off: () => {}, request }
  }

  async function request(options: Record<string, unknown>): Promise<unknown> {
    const method = String(options.type ?? 'GET')
    const body = options.data === undefined ? null : String(options.data)
    const answer = await fetch(zendesk.url + String(options.url), { method, headers, body })
    const responseText = await answer.text()
    if (answer.ok) return JSON.parse(responseText)
    throw { status: answer.status, responseText, responseHeaders: Object.fromEntries(answer.headers) }
  }
}
