import { z } from 'zod'
import { asRecord, type Zaf, ZafError } from './client.ts'

/** Where the app runs and for whom. Nothing here is proof of identity: the server takes the author from the audit. */
export type Session = {
  subdomain: string
  ticketId: number
  serverUrl: string
  user: {
    id: number
    name: string
    locale: string
    timeZone: string
    /** False for end users and light agents: they may read, not escalate. */
    canEscalate: boolean
  }
}

/** `role_type` of a light agent. Source: https://developer.zendesk.com/api-reference/ticketing/users/users/ */
const LIGHT_AGENT = 1

const Me = z.object({
  user: z.object({
    role: z.string(),
    role_type: z.number().nullish(),
    iana_time_zone: z.string().nullish(),
    locale: z.string().nullish(),
  }),
})

/** @throws {ZafError} when Zendesk's page stays silent or does not say which ticket this is */
export async function openSession(zaf: Zaf): Promise<Session> {
  const [metadata, context, known, me] = await Promise.all([
    zaf.metadata(),
    zaf.context(),
    zaf.get(['currentUser', 'currentAccount.subdomain', 'ticket.id']),
    askWhoIAm(zaf),
  ])
  const user = asRecord(known.currentUser)
  const ticketId = Number(known['ticket.id'] ?? context.ticketId)
  const subdomain = String(known['currentAccount.subdomain'] ?? asRecord(context.account).subdomain ?? '')
  if (!Number.isInteger(ticketId) || ticketId <= 0) throw new ZafError('Zendesk did not say which ticket is open')

  return {
    subdomain,
    ticketId,
    serverUrl: String(asRecord(metadata.settings).server_url ?? '').replace(/\/+$/, ''),
    user: {
      id: Number(user.id),
      name: String(user.name ?? ''),
      locale: String(user.locale ?? me?.locale ?? 'en'),
      timeZone: knownTimeZone(me?.iana_time_zone, asRecord(user.timeZone).ianaName, user.timeZone),
      canEscalate: (me?.role ?? user.role) !== 'end-user' && me?.role_type !== LIGHT_AGENT,
    },
  }
}

/** Without an answer the agent is taken for a full one: Zendesk refuses the update if they are not. */
async function askWhoIAm(zaf: Zaf) {
  try {
    const { user } = Me.parse(await zaf.request({ url: '/api/v2/users/me.json' }))
    return user
  } catch {
    return null
  }
}

function knownTimeZone(...names: unknown[]): string {
  for (const name of names) {
    try {
      if (typeof name === 'string') return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    } catch {
      // Zendesk's own names ("Eastern Time (US & Canada)") are not ones the browser knows.
    }
  }
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
