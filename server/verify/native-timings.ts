import { z } from 'zod'
import type { TicketState } from '../../core/escalation/state.ts'
import { NATIVE, type NativeMetric, nativeFigures } from '../../core/verify/native.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'

/** One of Zendesk's own figures beside the same reckoned from the ticket's updates, in minutes. */
export type NativeTiming = { metric: NativeMetric; theirs: number | null; ours: number | null; agrees: boolean }

const Measured = z.object({ calendar: z.number().nullish() }).nullish()
const Metrics = z.object(Object.fromEntries(NATIVE.map((metric) => [`${metric}_in_minutes`, Measured])))
const Answer = z.object({ ticket_metric: z.union([Metrics, z.array(Metrics)]) })

/** Empty where the plan or the role shows none. Source: https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/ */
export async function nativeTimings(
  zendesk: Pick<ZendeskClient, 'get'>,
  ticketId: number,
  { moments }: TicketState,
): Promise<NativeTiming[]> {
  try {
    const { ticket_metric } = await zendesk.get(`/api/v2/tickets/${ticketId}/metrics.json`, Answer)
    const told = Array.isArray(ticket_metric) ? ticket_metric[0] : ticket_metric
    const reckoned = nativeFigures(moments)
    return NATIVE.map((metric) => {
      const theirs = (told?.[`${metric}_in_minutes`] as z.output<typeof Measured>)?.calendar ?? null
      const ours = reckoned[metric]
      const agrees = theirs === null || ours === null ? theirs === ours : Math.abs(theirs - ours) <= 1
      return { metric, theirs, ours, agrees }
    })
  } catch (error) {
    if (error instanceof ZendeskError && (error.failure === 'denied' || error.failure === 'not-found')) return []
    throw error
  }
}
