import { z } from 'zod'
import type { Call } from './call.ts'
import { ZendeskError } from './error.ts'

/** A schedule as Zendesk answers it; `fromZendesk` of core reads the rest, with its holidays. */
export type ZendeskSchedule = { id: string; name: string; schedule: unknown; holidays: unknown }

/** All schedules in Zendesk's order, the default first; or why there are none to see, in words for an admin. */
export type ZendeskSchedules = { ok: true; schedules: ZendeskSchedule[] } | { ok: false; advice: string }

const PATH = '/api/v2/business_hours/schedules'
const Schedules = z.object({
  schedules: z.array(z.looseObject({ id: z.union([z.number(), z.string()]).transform(String), name: z.string() })),
})
const Holidays = z.object({ holidays: z.array(z.unknown()) })

export function createSchedules(call: Call) {
  return { listSchedules }

  /**
   * The schedules of the account with their holidays. A plan without them, or a user who may not see them, is an answer
   * and not a failure. One that is deleted while they are read is left out.
   *
   * @throws {ZendeskError} for everything that may succeed later
   * Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/schedules/
   */
  async function listSchedules(): Promise<ZendeskSchedules> {
    const listed = await orRefusal(() => call('get', `${PATH}.json`, undefined, Schedules))
    if (listed instanceof ZendeskError) return { ok: false, advice: adviceOn(listed) }
    const schedules: ZendeskSchedule[] = []
    for (const schedule of listed.schedules) {
      const { id, name } = schedule
      const answer = await orRefusal(() => call('get', `${PATH}/${id}/holidays.json`, undefined, Holidays))
      if (!(answer instanceof ZendeskError)) schedules.push({ id, name, schedule, holidays: answer.holidays })
      else if (answer.failure !== 'not-found') return { ok: false, advice: adviceOn(answer) }
    }
    return { ok: true, schedules }
  }
}

/** The answer, or the refusal that asking again does not change. */
async function orRefusal<T>(ask: () => Promise<T>): Promise<T | ZendeskError> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ZendeskError && (error.reason === 'insufficient-scope' || isRefusal(error))) return error
    throw error
  }
}

function isRefusal({ failure, reason }: ZendeskError): boolean {
  return reason === 'forbidden' || failure === 'not-found'
}

function adviceOn({ reason }: ZendeskError): string {
  return reason === 'insufficient-scope'
    ? 'The OAuth client lacks the scope "read"; give it to the client and sign in again.'
    : 'Zendesk shows schedules on Support Professional or Suite Growth and above; check the plan, and that Baton’s user may see them.'
}
