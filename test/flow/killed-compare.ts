import type { Kysely } from 'kysely'
import { EffectMarker, Envelope } from '../../core/contract/command.ts'
import type { Notice } from '../../core/notice/notice.ts'
import type { Tables } from '../../server/db/schema.ts'
import type { HandOver } from '../support/hand-overs.ts'
import type { LocalZendesk } from '../zendesk/server.ts'
import type { Channels } from './killed-channels.ts'

export type NoticeRow = {
  id: string
  ticket_id: number
  lane: string
  kind: string
  channel: string
  state: string
  why: string | null
  batch: string | null
  external_id: string | null
  notice: Notice
}

export function readNotices(db: Kysely<Tables>): Promise<NoticeRow[]> {
  return db
    .selectFrom('notice')
    .select(['id', 'ticket_id', 'lane', 'kind', 'channel', 'state', 'why', 'batch', 'external_id', 'notice'])
    .orderBy('seq')
    .execute()
}

const EVENTS = ['requested', 'accepted', 'progressed', 'resolved'] as const
/** How often each event is told over each channel; a page for what was accepted is one that the alert's state tells. */
const TOLD: Readonly<Record<string, { kind: string; channels: readonly string[] }>> = {
  requested: { kind: 'handoff', channels: ['email', 'pagerduty', 'slack', 'webhook', 'zendesk'] },
  accepted: { kind: 'accepted', channels: ['email', 'slack', 'webhook'] },
  progressed: { kind: 'progress', channels: ['email', 'slack', 'webhook'] },
  resolved: { kind: 'resolved', channels: ['email', 'slack', 'webhook'] },
  'clock-warned': { kind: 'breach-warning', channels: ['email', 'pagerduty', 'slack', 'webhook'] },
}

/** A sentence for each event that did not happen once, and for each notice of one that is not there once. */
export async function findLostNotices(
  db: Kysely<Tables>,
  handOvers: readonly HandOver[],
  stepsOf: (index: number) => number,
): Promise<string[]> {
  const events = await db.selectFrom('event').select(['ticket_id', 'kind']).execute()
  const notices = await readNotices(db)
  return handOvers.flatMap(({ ticketId }, index) => {
    const of = (kind: string) => events.filter((event) => event.ticket_id === ticketId && event.kind === kind).length
    const steps = stepsOf(index)
    const wrong = EVENTS.flatMap((kind, place) => {
      const wanted = place <= steps ? 1 : 0
      return of(kind) === wanted ? [] : [`ticket ${ticketId}: ${kind} ${of(kind)} times, not ${wanted}`]
    })
    // Those that nobody accepts are warned about; others may have been, before somebody did.
    if (of('clock-warned') > 1 || (steps === 0 && of('clock-warned') === 0)) {
      wrong.push(`ticket ${ticketId}: warned ${of('clock-warned')} times`)
    }
    for (const [event, { kind, channels }] of Object.entries(TOLD)) {
      const told = notices.filter(
        ({ ticket_id, id, notice }) =>
          ticket_id === ticketId && notice.kind === kind && id.startsWith(`${notice.escalationId}/${event}.`),
      )
      const is = told.map(({ channel }) => channel).toSorted()
      const must = of(event) === 0 ? [] : channels
      if (is.join() !== must.join())
        wrong.push(`ticket ${ticketId}: ${event} told over ${is.join()}, not ${must.join()}`)
    }
    return wrong
  })
}

type ThreadRow = { lane: string; place: string; ts: string; card: string }

/** A sentence for each notice that is not in its channel as the record says, and for each that is there twice without need. */
export function findWrongInChannels(
  rows: readonly NoticeRow[],
  channels: Channels,
  threads: readonly ThreadRow[],
): string[] {
  const accepted = rows.filter(({ state }) => state === 'accepted')
  const over = (channel: string) => accepted.filter((row) => row.channel === channel)
  return [
    // A page for what was accepted before it could go out is needed no more.
    ...rows
      .filter(({ state, why }) => state !== 'accepted' && !(state === 'suppressed' && why === 'overtaken'))
      .map(({ id, state, why }) => `${id}: ${state} ${why}`),
    ...wrongInSlack(over('slack'), channels, threads),
    ...wrongInPagerDuty(over('pagerduty'), channels),
    ...wrongInMail(over('email'), channels),
    ...wrongAtWebhook(over('webhook'), channels),
  ]
}

/** Slack has no keys; with the scopes to read, a message is looked for before it is posted again. */
function wrongInSlack(accepted: readonly NoticeRow[], { slack }: Channels, threads: readonly ThreadRow[]): string[] {
  const { messages } = slack.state
  const marks = messages.map(({ metadata }) => JSON.stringify(metadata?.event_payload))
  const tops = messages.filter(({ threadTs }) => threadTs === null)
  return [
    ...twice(marks).map((mark) => `Slack has twice ${mark}`),
    ...tops
      .filter(({ ts }) => !threads.some((thread) => thread.ts === ts))
      .map(({ text }) => `A thread too many: ${text}`),
    ...threads.flatMap(({ ts, card, lane }) => {
      const top = tops.find((one) => one.ts === ts)
      if (!top) return [`${lane}: the thread is not there`]
      const is = JSON.stringify({ text: top.text, blocks: top.blocks })
      return is === card ? [] : [`${lane}: the top says ${is}, not ${card}`]
    }),
    ...accepted
      .filter(({ kind, batch, external_id: ts }) =>
        kind === 'state'
          ? !messages.some((message) => message.ts === ts)
          : !messages.some(({ metadata, threadTs }) => metadata?.event_payload.batch === batch && threadTs !== null),
      )
      .map(({ id }) => `${id}: accepted and not in Slack`),
  ]
}

/** One alert for each key, as far as the last of its pages took it. */
function wrongInPagerDuty(accepted: readonly NoticeRow[], { pagerduty }: Channels): string[] {
  const wanted = { trigger: 'triggered', acknowledge: 'acknowledged', resolve: 'resolved' } as const
  return [
    ...twice(pagerduty.alerts.map(({ dedupKey }) => dedupKey)).map((key) => `PagerDuty has two alerts ${key}`),
    ...[...Map.groupBy(accepted, ({ external_id }) => external_id)].flatMap(([key, pages]) => {
      const alert = pagerduty.alerts.find(({ dedupKey }) => dedupKey === key)
      // Nobody was paged for what was over before a page could go out.
      const isNeeded = pages.some(({ notice }) => notice.page === 'trigger')
      if (!alert) return isNeeded ? [`${key}: accepted and not in PagerDuty`] : []
      const done = pages.map(({ notice }) => wanted[notice.page!])
      const status = done.findLast((one) => one !== 'triggered') ?? 'triggered'
      const order = pages.map(({ id, notice }) => `${notice.page} ${id}`).join('; ')
      return alert.status === status ? [] : [`${key}: ${alert.status}, not ${status}, after ${alert.log}: ${order}`]
    }),
  ]
}

/** The same letter may come twice, and then with the same id, by which the second is dropped. */
function wrongInMail(accepted: readonly NoticeRow[], { smtp }: Channels): string[] {
  const ids = new Set(smtp.letters.map(({ headers }) => headers['message-id']))
  const sent = new Set(accepted.map(({ external_id }) => external_id!))
  return [
    ...accepted
      .filter(({ external_id }) => !ids.has(external_id!))
      .map(({ id }) => `${id}: accepted and not in the mail`),
    ...[...ids].filter((id) => !sent.has(id!)).map((id) => `A letter that nobody accepted: ${id}`),
    ...differing(smtp.letters.map(({ headers, body }) => [headers['message-id']!, withoutBoundaries(body)])).map(
      (id) => `Two letters ${id} say different things`,
    ),
  ]
}

/** The receiver drops the second by its key. */
function wrongAtWebhook(accepted: readonly NoticeRow[], { hooked }: Channels): string[] {
  const keys = new Set(hooked.map(({ key }) => key))
  const sent = new Set(accepted.map(({ id }) => id))
  return [
    ...hooked.filter(({ isSigned }) => !isSigned).map(({ key }) => `${key}: the signature is wrong`),
    ...[...sent].filter((id) => !keys.has(id)).map((id) => `${id}: accepted and not at the webhook`),
    ...[...keys].filter((key) => !sent.has(key)).map((key) => `${key}: at the webhook and not accepted`),
    ...differing(hooked.map(({ key, body }) => [key, body])).map((key) => `${key} says different things`),
  ]
}

/** A sentence for each command or update of ours that is on its ticket more than once, or recorded and not there. */
export async function findWrongOnTickets(
  db: Kysely<Tables>,
  { world }: LocalZendesk,
  handOvers: readonly HandOver[],
): Promise<string[]> {
  const effects = await db
    .selectFrom('effect')
    .select(['id', 'ticket_id', 'kind'])
    .where('state', '=', 'done')
    .execute()
  return handOvers.flatMap(({ ticketId }) => {
    const customs = world.state.audits[ticketId]!.map(({ metadata }) => metadata.custom)
    const ours = customs.flatMap(({ baton_effect }) => EffectMarker.safeParse(baton_effect).data?.id ?? [])
    const commands = customs.flatMap(({ baton }) => Envelope.safeParse(baton).data?.id ?? [])
    const comments = effects.filter((one) => one.ticket_id === ticketId && one.kind === 'tell-ticket')
    return [
      ...twice(ours).map((id) => `ticket ${ticketId} has ${id} twice`),
      ...twice(commands).map((id) => `ticket ${ticketId} has command ${id} twice`),
      ...comments.filter(({ id }) => !ours.includes(id)).map(({ id }) => `ticket ${ticketId}: ${id} is not on it`),
    ]
  })
}

function twice(items: readonly string[]): string[] {
  return [...Map.groupBy(items, (item) => item)].filter(([, same]) => same.length > 1).map(([item]) => item)
}

/** Keys that came with more than one content. */
function differing(items: readonly (readonly [key: string, content: string])[]): string[] {
  return [...Map.groupBy(items, ([key]) => key)]
    .filter(([, same]) => new Set(same.map(([, content]) => content)).size > 1)
    .map(([key]) => key)
}

function withoutBoundaries(body: string): string {
  return body.replace(/--_NmP-[\w-]+/g, '--')
}
