import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Logger } from '../log.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { isTransient, ZendeskError } from '../zendesk/error.ts'
import type { Due } from './due.ts'

export type LookDeps = {
  clock: Clock
  log: Pick<Logger, 'info' | 'warn'>
  account: { id: number }
  zendeskOf(
    accountId: number,
  ): Pick<ZendeskClient, 'readTicketStamps'> | Promise<Pick<ZendeskClient, 'readTicketStamps'>>
  /** Reads what happened to a ticket and folds it in. */
  observe(payload: JobPayloads['observe']): Promise<void>
  /** What is due is told when a look has not ended by then, in real time. */
  lookMs?: number
}

export type Look = {
  /** Reads those of the tickets anew that changed in Zendesk since they were read. Whatever Zendesk does, it ends soon and does not fail. */
  refresh(due: readonly Due[]): Promise<void>
  /** Waits for looks that went on after they were given up. */
  ended(): Promise<void>
}

const AT_ONCE = 8
/** After Zendesk did not answer, what is due is told unseen for so long. */
const BLIND_MS = 30 * SECOND_MS

/** Looks before something is told: a webhook may be late or lost, and nobody wants to be told of what is over. */
export function createLook(deps: LookDeps): Look {
  const { clock, log, lookMs = 3 * SECOND_MS } = deps
  const accountId = deps.account.id
  const underWay = new Set<Promise<void>>()
  let blindUntil: Instant = Number.NEGATIVE_INFINITY

  return { refresh, ended: async () => void (await Promise.all(underWay)) }

  async function refresh(due: readonly Due[]): Promise<void> {
    if (due.length === 0 || clock.now() < blindUntil) return
    const given = { up: false }
    const work = lookAt(due, given).catch(goBlind)
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      given.up = true
      goBlind(null)
      resolve()
    }, lookMs)
    await Promise.race([work, late])
    clearTimeout(timer)
  }

  async function lookAt(due: readonly Due[], given: { up: boolean }): Promise<void> {
    const zendesk = await deps.zendeskOf(accountId)
    const stamps = await zendesk.readTicketStamps([...new Set(due.map(({ ticketId }) => ticketId))])
    const changed = due.filter(({ ticketId, seenAt }) => {
      const stamp = stamps.get(ticketId)
      // A ticket that is left out was deleted, which is worth a look as well.
      return stamp === undefined || seenAt === null || stamp > seenAt
    })
    const waiting = [...new Set(changed.map(({ ticketId }) => ticketId))]
    const lookers = Array.from({ length: AT_ONCE }, async () => {
      for (let ticketId = waiting.shift(); ticketId !== undefined && !given.up; ticketId = waiting.shift()) {
        await readAnew(ticketId)
      }
    })
    await Promise.all(lookers)
  }

  /** One ticket that cannot be read says nothing about the others, unless it is Zendesk that does not answer. */
  async function readAnew(ticketId: number): Promise<void> {
    try {
      await deps.observe({ accountId, ticketId })
    } catch (error) {
      if (error instanceof ZendeskError && isTransient(error)) throw error
      log.warn({ event: 'timers.unread', accountId, ticketId, err: error })
    }
  }

  function goBlind(error: unknown): void {
    const retryAt = error instanceof ZendeskError ? error.retryAt : null
    const wasBlind = clock.now() < blindUntil
    blindUntil = Math.max(blindUntil, retryAt ?? clock.now() + BLIND_MS)
    if (wasBlind) return
    const reason = error instanceof ZendeskError ? error.failure : error === null ? 'slow' : 'failed'
    log.warn({ event: 'timers.unseen', accountId, reason, ...(error instanceof Error ? { err: error } : {}) })
  }
}
