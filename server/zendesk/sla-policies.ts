import { z } from 'zod'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Call } from './call.ts'
import { ZendeskError } from './error.ts'

/** A target of an SLA policy of Zendesk's, for tickets of one priority. */
export type SlaPolicyTarget = {
  priority: string
  metric: string
  targetMs: number
  counts: 'business' | 'calendar'
}

export type SlaPolicy = {
  id: number
  title: string
  position: number | null
  targets: SlaPolicyTarget[]
}

/** Zendesk's SLA policies, first match first; or why there are none to see, in words for an admin. */
export type SlaPolicies = { ok: true; policies: SlaPolicy[] } | { ok: false; reason: string; advice: string }

const Policy = z.object({
  id: z.int(),
  title: z.string(),
  position: z.number().nullish(),
  policy_metrics: z
    .array(
      z.object({
        priority: z.string(),
        metric: z.string(),
        target: z.number().nullish(),
        target_in_seconds: z.number().nullish(),
        business_hours: z.boolean().nullish(),
      }),
    )
    .nullish(),
})

const Answer = z.object({ sla_policies: z.array(Policy), next_page: z.string().nullish() })

/** Zendesk answers them all at once; an account that pages them all the same cannot keep us busy for ever. */
const MOST_PAGES = 100

export function createSlaPolicies(call: Call) {
  return { listSlaPolicies }

  /**
   * The SLA policies of the account. A plan without them, or a user who is no admin, is an answer and not a failure.
   *
   * @throws {ZendeskError} for everything that may succeed later
   * Source: https://developer.zendesk.com/api-reference/ticketing/business-rules/sla_policies/
   */
  async function listSlaPolicies(): Promise<SlaPolicies> {
    const policies: SlaPolicy[] = []
    try {
      for (let page = 1; page <= MOST_PAGES; page++) {
        const answer = await call(
          'get',
          `/api/v2/slas/policies.json${page === 1 ? '' : `?page=${page}`}`,
          undefined,
          Answer,
        )
        policies.push(...answer.sla_policies.map(readPolicy))
        if (answer.next_page == null) break
      }
    } catch (error) {
      if (!(error instanceof ZendeskError)) throw error
      const refused = refusalOf(error)
      if (refused === null) throw error
      return { ok: false, ...refused }
    }
    return { ok: true, policies: policies.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)) }
  }
}

function refusalOf({ failure, reason }: ZendeskError): { reason: string; advice: string } | null {
  if (reason === 'insufficient-scope') {
    return { reason, advice: 'The OAuth client lacks the scope "read"; give it to the client and sign in again.' }
  }
  if (reason === 'forbidden' || failure === 'not-found') {
    return {
      reason: 'forbidden',
      advice:
        'Zendesk shows SLA policies to admins, on Support Professional or Suite Growth and above; ' +
        "check the plan, and that Baton's user is an admin.",
    }
  }
  return null
}

function readPolicy({ id, title, position, policy_metrics }: z.output<typeof Policy>): SlaPolicy {
  const targets = (policy_metrics ?? []).flatMap((given): SlaPolicyTarget[] => {
    const targetMs =
      given.target_in_seconds == null ? (given.target ?? 0) * MINUTE_MS : given.target_in_seconds * SECOND_MS
    const { priority, metric, business_hours } = given
    return targetMs > 0 ? [{ priority, metric, targetMs, counts: business_hours ? 'business' : 'calendar' }] : []
  })
  return { id, title, position: position ?? null, targets }
}
