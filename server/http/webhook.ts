import { type ErrorRequestHandler, type Response, Router, raw } from 'express'
import { ZodError } from 'zod'
import type { Clock } from '../../core/units.ts'
import type { Accounts } from '../accounts.ts'
import { type Delivery, readDelivery } from '../inbox/delivery.ts'
import { type Inbox, InboxUnavailable } from '../inbox/inbox.ts'
import { judgeSignature, type SignatureVerdict } from '../inbox/signature.ts'
import type { Metrics, WebhookOutcome } from '../metrics.ts'
import type { Secrets } from '../secrets.ts'

export type WebhookDeps = {
  inbox: Pick<Inbox, 'accept'>
  accounts: Pick<Accounts, 'idOf'>
  secrets: Pick<Secrets, 'recall'>
  clock: Clock
  metrics: Pick<Metrics, 'webhooks'>
}

const LIMIT_BYTES = 1024 * 1024 - 1

/** Below 60 s, or Zendesk does not try again; short, because nothing is lost by asking too early. */
const RETRY_AFTER_SECONDS = '5'

/**
 * POST /webhooks/zendesk/:account, the account being a subdomain. Verifies, stores, answers; looking at the ticket is
 * a job. What cannot be stored is answered 503 with Retry-After, the one answer after which Zendesk sends it again.
 */
export function webhookRoutes({ inbox, accounts, secrets, clock, metrics }: WebhookDeps): Router {
  const router = Router()

  router.post('/webhooks/zendesk/:account', raw({ type: () => true, limit: LIMIT_BYTES }), async (req, res) => {
    const body: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    const timestamp = req.get('x-zendesk-webhook-signature-timestamp')
    const signature = req.get('x-zendesk-webhook-signature')
    const sender = await whoSent(String(req.params.account), { body, timestamp, signature })
    if (typeof sender !== 'number') return refuse(res, 401, sender)

    const delivery = read(sender, req.get('x-zendesk-webhook-invocation-id'), body)
    if (delivery === null) return refuse(res, 400, 'invalid')

    const { isNew } = await inbox.accept(delivery)
    metrics.webhooks.inc({ outcome: isNew ? 'accepted' : 'duplicate' })
    res.status(isNew ? 202 : 200).json({ id: delivery.invocationId })
  })
  router.use('/webhooks/zendesk/:account', ((error, _req, res, next) => {
    if (error instanceof InboxUnavailable) {
      res.set('retry-after', RETRY_AFTER_SECONDS)
      refuse(res, 503, 'unavailable')
    } else if (error.status === 413) {
      refuse(res, 413, 'too-large')
    } else {
      next(error)
    }
  }) satisfies ErrorRequestHandler)
  return router

  /** The account's id when it is Zendesk who speaks for it, else why not. */
  async function whoSent(
    subdomain: string,
    request: { body: Buffer; timestamp: string | undefined; signature: string | undefined },
  ): Promise<number | Exclude<SignatureVerdict, 'signed'> | 'unknown-account'> {
    if (!request.timestamp || !request.signature) return 'unsigned'
    const accountId = await orUnavailable(accounts.idOf(subdomain))
    if (accountId === null) return 'unknown-account'
    const current = await orUnavailable(secrets.recall(accountId, 'webhook'))
    const previous = await orUnavailable(secrets.recall(accountId, 'webhook-previous'))
    const known = [current, previous].filter((secret) => secret !== null)
    const verdict = judgeSignature(request, known, clock.now())
    return verdict === 'signed' ? accountId : verdict
  }

  function refuse(res: Response, status: number, outcome: WebhookOutcome): void {
    metrics.webhooks.inc({ outcome })
    const { error, message } = REFUSALS[outcome as keyof typeof REFUSALS]
    res.status(status).json({ error, message })
  }
}

const NOT_PROVEN = 'The request is not proven to come from this Zendesk account. Run `baton doctor` if it did.'

const REFUSALS = {
  unsigned: { error: 'unsigned', message: 'The request carries no Zendesk signature.' },
  'bad-signature': { error: 'bad-signature', message: NOT_PROVEN },
  'unknown-account': { error: 'bad-signature', message: NOT_PROVEN },
  stale: { error: 'stale', message: 'The signature is more than ten minutes from our time. Check the clocks.' },
  'test-secret': {
    error: 'test-secret',
    message: 'Signed with the secret Zendesk publishes for tests. Save the webhook, then test it again.',
  },
  'too-large': { error: 'too-large', message: 'The body has 1 MB or more; ours carries ids only.' },
  invalid: {
    error: 'invalid',
    message: "The body is not what Baton's trigger sends. Run `baton setup` to restore it.",
  },
  unavailable: { error: 'unavailable', message: 'The delivery could not be stored. Send it again.' },
} as const

function read(accountId: number, invocationId: string | undefined, body: Buffer): Delivery | null {
  try {
    return readDelivery(accountId, invocationId, body)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ZodError) return null
    throw error
  }
}

/** Without the database we cannot tell who sent it; that is no reason to lose it. */
async function orUnavailable<T>(lookUp: Promise<T>): Promise<T> {
  try {
    return await lookUp
  } catch (cause) {
    throw new InboxUnavailable('The account could not be looked up', { cause })
  }
}
