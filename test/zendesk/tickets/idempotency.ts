import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { HOUR_MS } from '../../../core/units.ts'
import { Refused } from '../http/refused.ts'
import type { World } from '../world.ts'

const KEPT_MS = 2 * HOUR_MS
const LONGEST_KEY = 255

/**
 * Answers a creation, and the same creation again when it comes with a known `Idempotency-Key`.
 *
 * @throws {Refused} 400 when the key came before with another body
 */
export function answerOnce(
  world: World,
  req: Request,
  res: Response,
  create: () => { body: unknown; ticketId: number },
): void {
  const key = req.get('idempotency-key')
  if (key === undefined) {
    send(create())
    return
  }
  if (key.length > LONGEST_KEY) throw mismatch(`Idempotency key is longer than ${LONGEST_KEY} characters`)

  const { idempotent_answers } = world.state
  const now = world.clock.now()
  const digest = createHash('sha256').update(JSON.stringify(req.body)).digest('hex')
  const known = idempotent_answers[key]
  if (known && now - known.created_at < KEPT_MS) {
    if (known.digest !== digest) throw mismatch("Request parameters don't match the given idempotency key")
    res.set('x-idempotency-lookup', 'hit')
    send({ body: known.body, ticketId: known.ticket_id })
    return
  }
  const made = create()
  idempotent_answers[key] = { digest, ticket_id: made.ticketId, body: made.body, created_at: now }
  res.set('x-idempotency-lookup', 'miss')
  send(made)

  function send({ body, ticketId }: { body: unknown; ticketId: number }): void {
    res.status(201).location(`${world.url}/api/v2/tickets/${ticketId}.json`).json(body)
  }
}

function mismatch(description: string): Refused {
  return new Refused({ status: 400, body: { error: 'IdempotentRequestError', description } })
}
