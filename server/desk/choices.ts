import { Router } from 'express'
import type { Choices } from '../../core/contract/desk.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { Severity } from '../../core/severity.ts'
import type { DeskSession } from './session.ts'

/** GET /desk/choices: what reports can be narrowed to, as the policy in force names it. */
export function choicesRoutes({ policyFor }: { policyFor(accountId: number): Promise<Policy> }): Router {
  const router = Router()
  router.get('/desk/choices', async (_req, res) => {
    const { account } = res.locals as DeskSession
    res.json(choicesOf(await policyFor(account.id)))
  })
  return router
}

function choicesOf({ tiers, queues, components, customerTiers }: Policy): Choices {
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, name })
  return {
    tier: tiers.map(({ level, name }) => ({ value: String(level), name })),
    queue: queues.map(named),
    component: components.map(named),
    severity: Severity.options.map((severity) => ({ value: severity, name: severity })),
    segment: customerTiers.map(named),
  }
}
