import { type ErrorRequestHandler, type Response, Router, raw } from 'express'
import { ZodError } from 'zod'
import type { IssueNews } from '../../core/engineering/news.ts'
import { readNews } from '../../core/engineering/read-news.ts'
import { isTracker, TRACKER_NAMES, type Tracker } from '../../core/engineering/tracker.ts'
import type { Clock } from '../../core/units.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { isAway } from '../db/is-away.ts'
import { Refusal } from '../http/refusal.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Secrets } from '../secrets.ts'
import { acceptDelivery } from './accept-delivery.ts'
import { deliveryIdOf, judge, type Sent } from './proof.ts'

export type EngineeringDeps = {
  db: Database
  jobs: Pick<Jobs, 'enqueueAll'>
  /** The account this server works for. */
  account: { id: number }
  secrets: Pick<Secrets, 'recall'>
  clock: Clock
  config: Pick<Config, 'engineering'>
}

/** Descriptions may have a megabyte, and GitLab sends them before and after a change. */
const LIMIT = '5mb'
const RETRY_AFTER_SECONDS = '30'

/**
 * POST /webhooks/engineering/:tracker. Verifies over the bytes as they came, stores once, answers 202; what it means for
 * an escalation is found out by a look at its ticket, which is a job.
 */
export function engineeringRoutes({ db, jobs, account, secrets, clock, config }: EngineeringDeps): Router {
  const router = Router()

  router.post('/webhooks/engineering/:tracker', raw({ type: () => true, limit: LIMIT }), async (req, res) => {
    const tracker = trackerOf(req.params.tracker)
    const body: Buffer = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    const sent: Sent = { body, header: (name) => req.get(name) }
    await prove(tracker, sent)

    const deliveryId = deliveryIdOf(tracker, sent)
    const news = read(tracker, body)
    if (news.kind === 'nothing') {
      res.json({ id: deliveryId, ignored: news.why })
      return
    }
    const delivery = { accountId: account.id, tracker, deliveryId, news, now: clock.now() }
    const isNew = await acceptDelivery({ db, jobs }, delivery)
    res.status(isNew ? 202 : 200).json({ id: deliveryId })
  })
  router.use('/webhooks/engineering/:tracker', answerAway)
  return router

  function trackerOf(name: string): Tracker {
    if (isTracker(name)) return name
    throw new Refusal(404, 'unknown-tracker', 'Baton takes webhooks of github, gitlab, jira and linear.')
  }

  async function prove(tracker: Tracker, sent: Sent): Promise<void> {
    const current = await secrets.recall(account.id, tracker)
    const previous = await secrets.recall(account.id, `${tracker}-previous`)
    const known = [current, previous].filter((secret) => secret !== null)
    const name = TRACKER_NAMES[tracker]
    if (known.length === 0) {
      const variable = `BATON_${tracker.toUpperCase()}_SECRET`
      throw new Refusal(
        404,
        'tracker-not-set-up',
        `Webhooks of ${name} are not set up here. Set ${variable} to the secret that ${name} has for this webhook.`,
      )
    }
    const verdict = judge(tracker, sent, known, clock.now())
    if (verdict !== 'proven') throw new Refusal(401, verdict, REFUSALS[verdict](name))
  }

  function read(tracker: Tracker, body: Buffer): IssueNews {
    try {
      return readNews(tracker, JSON.parse(body.toString('utf8')), { hosts: config.engineering.hosts })
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof ZodError)) throw error
      const message = `The body is not JSON as ${TRACKER_NAMES[tracker]} sends it. Choose application/json as content type.`
      throw new Refusal(400, 'invalid', message)
    }
  }
}

const REFUSALS = {
  unsigned: (name: string) => `The request carries no proof that it comes from ${name}. Give its webhook a secret.`,
  'bad-signature': (name: string) => `The request does not match the secret. Give it the same one in ${name} and here.`,
  stale: (name: string) => `${name} signed the request more than two minutes from our time. Check the clocks.`,
}

/** Without the database it is not stored; trackers that try again do so after this. */
const answerAway: ErrorRequestHandler = (error, _req, res: Response, next) => {
  if (!isAway(error)) return next(error)
  res.set('retry-after', RETRY_AFTER_SECONDS).status(503)
  res.json({ error: 'unavailable', message: 'The database does not answer; send the delivery again.' })
}
