import { Router, urlencoded } from 'express'
import type { Logger } from 'pino'
import type { Policy } from '../../core/policy/policy.ts'
import { MINUTE_MS } from '../../core/units.ts'
import type { Account, Accounts } from '../accounts.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { Refusal } from '../http/refusal.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { createInstallations } from './installations.ts'
import { answerPage, answerRefusal } from './page.ts'
import { type DeskUser, readPerson } from './person.ts'
import { type DeskSession, type DeskSessionDeps, issueToken, requireDesk } from './session.ts'
import { takeOnce } from './sign-ins.ts'
import { DeskRefused, verifySignedUrl } from './signed-url.ts'

export type SignInDeps = DeskSessionDeps & {
  accounts: Accounts
  /** The account whose Zendesk may frame what we say to somebody we do not know. */
  account: Account
  config: Pick<Config, 'publicUrl'>
  db: Database
  log: Logger
  zendeskFor(accountId: number): Promise<ZendeskClient>
  policyFor(accountId: number): Promise<Policy>
}

/** Longer than any leeway that clocks are given. */
const KEPT_AFTER_MS = 5 * MINUTE_MS

/** POST /desk, with which Zendesk opens the page, and POST /desk/session, with which the page stays signed in. */
export function signInRoutes(deps: SignInDeps): Router {
  const router = Router()
  const installations = createInstallations(deps.clock, () => deps.config.publicUrl)

  router.get('/desk', (_req, res) => answerRefusal(res, 'no-token', deps.account.zendeskUrl))

  // Zendesk posts from its own page, so there is no cookie and nothing to forge: the token alone counts.
  router.post('/desk', urlencoded({ extended: false, limit: '16kb' }), async (req, res) => {
    try {
      const session = await signIn((req.body as { token?: unknown } | undefined)?.token)
      const { zendeskUrl } = await deps.accounts.get(session.account.id)
      await answerPage(res, session, {
        ...(await issueToken(session, deps)),
        ...{ now: deps.clock.now(), zendeskUrl },
      })
    } catch (error) {
      const refused = asRefused(error)
      deps.log.info({ event: 'desk.refused', why: refused.why, reason: refused.message })
      answerRefusal(res, refused.why, deps.account.zendeskUrl)
    }
  })

  router.post('/desk/session', requireDesk(deps), async (_req, res) => {
    const session = res.locals as DeskSession
    const person = await personOf(session.account.id, session.person.id)
    if (!person) throw new Refusal(401, 'unauthenticated', 'Your Zendesk user is no agent any more.')
    res.json({ ...(await issueToken({ ...session, person }, deps)), person })
  })

  return router

  async function signIn(token: unknown): Promise<DeskSession & { person: DeskUser }> {
    const { clock, accounts, zendeskFor: zendeskOf } = deps
    const opening = await verifySignedUrl(token, { accounts, installations, clock, zendeskOf })
    const now = clock.now()
    if (!(await takeOnce(deps.db, opening, now, KEPT_AFTER_MS))) {
      throw new DeskRefused('used', 'The token was used before.')
    }
    const person = await personOf(opening.account.id, opening.userId)
    if (!person) throw new DeskRefused('no-agent', `User ${opening.userId} is no agent.`)
    return { account: opening.account, person, signedInAt: now }
  }

  async function personOf(accountId: number, userId: number) {
    return readPerson(userId, await deps.zendeskFor(accountId), await deps.policyFor(accountId))
  }
}

function asRefused(error: unknown): DeskRefused {
  if (error instanceof DeskRefused) return error
  if (error instanceof ZendeskError) return new DeskRefused('zendesk-away', error.message)
  throw error
}
