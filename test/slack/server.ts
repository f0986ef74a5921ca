import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request, type Response } from 'express'
import { createStoppedClock } from '../support/clock.ts'
import type { MovableClock } from '../zendesk/world.ts'
import { troubleIn } from './check-blocks.ts'
import { renderWorkspace } from './page.ts'
import { type SlackChannel, type SlackMessage, type SlackState, workspace } from './state.ts'

export type LocalSlack = AsyncDisposable & {
  url: string
  state: SlackState
  /** Names of methods that were called, oldest first. */
  calls: string[]
  /** Puts something in the place of the next answer. `afterDoing`: the work is done, and only the answer lost. */
  failNext(fault: Fault): void
  /** Nobody answers until it is called with null. */
  setDown(fault: Fault | null): void
}

export type Fault = { status?: number; body?: unknown; retryAfter?: number; hangUp?: boolean; afterDoing?: boolean }

export type SlackOptions = { port?: number; clock?: MovableClock; state?: SlackState; perSecond?: number }

/** A local Slack: the methods Baton uses, refusing with the words of the real one. It listens on this machine alone. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const { clock = createStoppedClock(Date.now()), state = workspace(), perSecond = Number.POSITIVE_INFINITY } = options
  const calls: string[] = []
  const faults: Fault[] = []
  const posted = new Map<string, number[]>()
  let down: Fault | null = null
  let count = 0
  const app = express()
  app.use(express.json({ limit: '2mb' }), express.urlencoded({ extended: false, limit: '2mb' }))

  app.get('/', (_req, res) => void res.type('html').send(renderWorkspace(state)))
  app.post('/api/:method', (req, res) => {
    calls.push(req.params.method)
    const fault = down ?? faults.shift()
    if (fault && !fault.afterDoing) return answerWith(fault, req, res)
    const answer = call(req.params.method, req)
    if (fault) return answerWith(fault, req, res)
    if ('retryAfter' in answer) {
      return void res
        .status(429)
        .set('retry-after', String(answer.retryAfter))
        .json({ ok: false, error: 'ratelimited' })
    }
    res.json(answer)
  })
  app.post('/services/{*rest}', (req, res) => {
    calls.push('incoming-webhook')
    const fault = down ?? faults.shift()
    if (fault && !fault.afterDoing) return answerWith(fault, req, res)
    const [status, word] = byWebhook(req)
    if (fault) return answerWith(fault, req, res)
    res.status(status).type('text').send(word)
  })

  const server = createServer(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ state, calls },
    failNext: (fault) => void faults.push(fault),
    setDown: (fault) => {
      down = fault
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  type Answer = { ok: boolean; [key: string]: unknown } | { retryAfter: number }

  function call(method: string, req: Request): Answer {
    const token = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1]
    if (!token) return refuse('not_authed')
    if (token !== state.token) return refuse('invalid_auth')
    const body = (req.body ?? {}) as Record<string, unknown>
    switch (method) {
      case 'auth.test':
        return { ok: true, team: 'Local', user: 'baton', team_id: 'T0LOCAL', user_id: 'U0BATON', bot_id: 'B0BATON' }
      case 'chat.postMessage':
        return allowed('chat:write') ?? postMessage(body)
      case 'chat.update':
        return allowed('chat:write') ?? update(body)
      case 'conversations.list':
        return allowed('channels:read') ?? list()
      case 'conversations.history':
        return allowed('channels:history') ?? read(body, null)
      case 'conversations.replies':
        return allowed('channels:history') ?? read(body, String(body.ts ?? ''))
      default:
        return refuse('unknown_method')
    }
  }

  function allowed(scope: string): Answer | null {
    if (state.scopes.includes(scope)) return null
    return { ok: false, error: 'missing_scope', needed: scope, provided: state.scopes.join(',') }
  }

  function postMessage(body: Record<string, unknown>): Answer {
    const channel = channelOf(body.channel)
    if (!channel) return refuse('channel_not_found')
    if (!channel.hasApp) return refuse('not_in_channel')
    if (channel.isArchived) return refuse('is_archived')
    const trouble = troubleInText(body)
    if (trouble) return trouble
    const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : null
    if (threadTs !== null && !messageAt(channel.id, threadTs)) return refuse('thread_not_found')
    const recent = (posted.get(channel.id) ?? []).filter((at) => at > clock.now() - 1000)
    if (recent.length >= perSecond) return { retryAfter: 1 }
    posted.set(channel.id, [...recent, clock.now()])
    const message = keep(channel, body, threadTs)
    return { ok: true, channel: channel.id, ts: message.ts, message: { text: message.text } }
  }

  function keep(channel: SlackChannel, body: Record<string, unknown>, threadTs: string | null): SlackMessage {
    const message: SlackMessage = {
      channel: channel.id,
      ts: `${Math.floor(clock.now() / 1000)}.${String(++count).padStart(6, '0')}`,
      threadTs,
      text: String(body.text ?? ''),
      blocks: (body.blocks ?? []) as Record<string, unknown>[],
      metadata: (body.metadata ?? null) as SlackMessage['metadata'],
      isBroadcast: body.reply_broadcast === true,
      edits: 0,
      isLocked: false,
    }
    state.messages.push(message)
    return message
  }

  function update(body: Record<string, unknown>): Answer {
    const channel = channelOf(body.channel)
    if (!channel) return refuse('channel_not_found')
    const message = messageAt(channel.id, String(body.ts))
    if (!message) return refuse('message_not_found')
    if (message.isLocked) return refuse('edit_window_closed')
    const trouble = troubleInText(body)
    if (trouble) return trouble
    message.text = String(body.text ?? '')
    message.blocks = (body.blocks ?? []) as Record<string, unknown>[]
    message.edits += 1
    return { ok: true, channel: channel.id, ts: message.ts, text: message.text }
  }

  function troubleInText(body: Record<string, unknown>): Answer | null {
    const { text, blocks } = body
    if ((typeof text !== 'string' || text === '') && blocks === undefined) return refuse('no_text')
    if (typeof text === 'string' && text.length > 40_000) return refuse('msg_too_long')
    const trouble = blocks === undefined ? null : troubleIn(blocks)
    return trouble ? { ...refuse('invalid_blocks'), errors: [trouble] } : null
  }

  function list(): Answer {
    const channels = state.channels.map(({ id, name, isArchived }) => ({ id, name, is_archived: isArchived }))
    return { ok: true, channels, response_metadata: { next_cursor: '' } }
  }

  function read(body: Record<string, unknown>, threadTs: string | null): Answer {
    // Names are for posting alone.
    const channel = state.channels.find(({ id }) => id === body.channel)
    if (!channel) return refuse('channel_not_found')
    const withPayload = String(body.include_all_metadata) === 'true'
    const oldest = Number(body.oldest ?? 0)
    const messages = state.messages
      .filter((message) => message.channel === channel.id)
      .filter((message) =>
        threadTs === null ? message.threadTs === null : [message.ts, message.threadTs].includes(threadTs),
      )
      .filter(({ ts }) => Number(ts) > oldest)
      .map(({ ts, text, threadTs: thread_ts, metadata }) => ({
        ...{ type: 'message', ts, text },
        ...(thread_ts === null ? {} : { thread_ts }),
        ...(metadata && { metadata: withPayload ? metadata : { event_type: metadata.event_type } }),
      }))
    return { ok: true, messages: threadTs === null ? messages.reverse() : messages, has_more: false }
  }

  function byWebhook(req: Request): [number, string] {
    const id = state.webhooks[req.path]
    if (!id) return [404, 'no_service']
    const channel = state.channels.find((one) => one.id === id)
    if (!channel) return [404, 'channel_not_found']
    if (channel.isArchived) return [410, 'channel_is_archived']
    const body = (req.body ?? {}) as Record<string, unknown>
    if (typeof body.text !== 'string' && body.blocks === undefined) return [400, 'no_text']
    if (body.blocks !== undefined && troubleIn(body.blocks)) return [400, 'invalid_blocks']
    keep(channel, body, null)
    return [200, 'ok']
  }

  function channelOf(given: unknown): SlackChannel | undefined {
    const name = String(given).replace(/^#/, '')
    return state.channels.find((channel) => channel.id === given || channel.name === name)
  }

  function messageAt(channel: string, ts: string): SlackMessage | undefined {
    return state.messages.find((message) => message.channel === channel && message.ts === ts)
  }
}

function refuse(error: string): { ok: false; error: string } {
  return { ok: false, error }
}

function answerWith({ status = 200, body = {}, retryAfter, hangUp }: Fault, req: Request, res: Response): void {
  if (hangUp) return void req.socket.destroy()
  if (retryAfter !== undefined) res.set('retry-after', String(retryAfter))
  res.status(status).json(body)
}
