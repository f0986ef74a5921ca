import { SECOND_MS } from '../../../core/units.ts'
import { MAX_PAYLOAD_CHARACTERS } from '../rules/liquid.ts'
import type { Invocation, Webhook } from '../state/model.ts'
import type { World } from '../world.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { deliver } from './deliver.ts'
import { webhookRequest } from './request.ts'
import { finalStatus, type Outcome, retryDelayMs } from './retry.ts'

/** How long a receiver may take. Source: "Webhook timeouts"; not adjustable in Zendesk. */
export const WEBHOOK_TIMEOUT_MS = 12 * SECOND_MS

export type WebhookSender = {
  /** Queues a delivery and returns at once; nothing is sent before the caller's turn of the event loop is over. */
  fire(webhookId: string, payload: string): void
  /** Resolves once nothing is in flight. Tries that wait for their time, and held-back deliveries, don't count. */
  settle(): Promise<void>
  /** Gives up what is in flight and what waits. */
  close(): Promise<void>
}

/** Sends webhooks over real HTTP, signed, retried and logged as Zendesk does, with the faults the world asks for. */
export function createWebhookSender(world: World, options: { timeoutMs?: number } = {}): WebhookSender {
  const timeoutMs = options.timeoutMs ?? WEBHOOK_TIMEOUT_MS
  const stop = new AbortController()
  const inFlight = new Set<Promise<void>>()
  const waiting = new Set<() => void>()
  const breakers = new Map<string, Breaker>()
  let held: Invocation[] = []
  let fired = 0

  return { fire, settle, close }

  function fire(webhookId: string, payload: string): void {
    const webhook = world.state.webhooks[webhookId]
    if (webhook?.status !== 'active' || stop.signal.aborted) return
    const { faults } = world
    fired += 1
    if (faults.dropEveryNthWebhook > 0 && fired % faults.dropEveryNthWebhook === 0) return

    const invocation = logInvocation(webhook, payload)
    if (payload.length > MAX_PAYLOAD_CHARACTERS) {
      invocation.status = 'failed'
      return
    }
    const copies = Array.from({ length: 1 + faults.duplicateWebhooks }, () => invocation)
    if (faults.reorderWebhooks > 0) {
      held.push(...copies)
      if (held.length >= faults.reorderWebhooks) releaseHeld(true)
      return
    }
    releaseHeld(false)
    for (const copy of copies) track(() => attempt(copy, 1))
  }

  /** Sends the held-back ones one after the other, so that they arrive in exactly this order. */
  function releaseHeld(reversed: boolean): void {
    const batch = reversed ? held.reverse() : held
    held = []
    if (batch.length === 0) return
    track(async () => {
      for (const invocation of batch) await attempt(invocation, 1)
    })
  }

  function logInvocation(webhook: Webhook, payload: string): Invocation {
    const invocation: Invocation = {
      id: world.nextUlid(),
      webhook_id: webhook.id,
      payload,
      status: 'pending',
      attempts: [],
      created_at: world.clock.now(),
    }
    world.state.invocations[invocation.id] = invocation
    return invocation
  }

  async function attempt(invocation: Invocation, tries: number): Promise<void> {
    const webhook = world.state.webhooks[invocation.webhook_id]
    // Deleted or switched off since: what was queued is not sent any more.
    if (webhook?.status !== 'active') {
      invocation.status = 'terminated'
      return
    }
    const request = webhookRequest(world, webhook, invocation.id, invocation.payload)
    const logged = {
      headers: Object.entries(request.headers).map(([key, value]) => ({ key, value })),
      payload: request.body ?? '',
    }
    const breaker = breakerOf(webhook.id)
    if (!breaker.allows(world.clock.now())) {
      const completed_at = world.clock.now()
      invocation.status = 'circuit broken'
      invocation.attempts.push({
        status: 'circuit broken',
        status_code: null,
        request: logged,
        response: null,
        completed_at,
      })
      return
    }

    const { outcome, response } = await deliver(request, timeoutMs, stop.signal)
    if (stop.signal.aborted) return
    breaker.record(world.clock.now(), isError(outcome))
    const delayMs = retryDelayMs(outcome, tries)
    const status = delayMs === null ? finalStatus(outcome, tries) : outcome.kind === 'timeout' ? 'timeout' : 'failed'
    // A success is not undone by a duplicate that came later.
    if (invocation.status !== 'success') invocation.status = status
    const completed_at = world.clock.now()
    invocation.attempts.push({ status, status_code: statusCode(outcome), request: logged, response, completed_at })
    if (delayMs !== null) retryLater(invocation, tries + 1, delayMs)
  }

  function retryLater(invocation: Invocation, tries: number, delayMs: number): void {
    const cancel = world.clock.schedule(world.clock.now() + delayMs, () => {
      waiting.delete(cancel)
      track(() => attempt(invocation, tries))
    })
    waiting.add(cancel)
  }

  function breakerOf(webhookId: string): Breaker {
    const breaker = breakers.get(webhookId) ?? createBreaker()
    breakers.set(webhookId, breaker)
    return breaker
  }

  function track(work: () => Promise<void>): void {
    const task = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => (stop.signal.aborted ? undefined : work()))
      .finally(() => inFlight.delete(task))
    inFlight.add(task)
  }

  async function settle(): Promise<void> {
    if (world.faults.reorderWebhooks === 0) releaseHeld(false)
    while (inFlight.size > 0) await Promise.all(inFlight)
  }

  async function close(): Promise<void> {
    stop.abort()
    for (const cancel of waiting) cancel()
    waiting.clear()
    held = []
    await settle()
  }
}

function isError(outcome: Outcome): boolean {
  return outcome.kind !== 'answered' || outcome.statusCode >= 400
}

/** Timeouts are logged as 504. Source: recorded attempts. */
function statusCode(outcome: Outcome): number | null {
  if (outcome.kind === 'answered') return outcome.statusCode
  return outcome.kind === 'timeout' ? 504 : null
}
