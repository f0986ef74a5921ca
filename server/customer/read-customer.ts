import { z } from 'zod'
import type { Customer } from '../../core/customer/customer.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'

/** Source: api.md 6.1: users carry a Rails name in `time_zone` and the zone's IANA name beside it. */
const CustomerShape = z.object({
  name: z.string().nullish(),
  locale: z.string().nullish(),
  iana_time_zone: z.string().nullish(),
})

const NOBODY: Customer = { name: null, locale: null, timezone: null }

/** Who asked for help in a ticket; nothing is known of somebody who was deleted. */
export async function readCustomer(zendesk: ZendeskClient, requesterId: number | null): Promise<Customer> {
  if (requesterId === null) return NOBODY
  try {
    const Answer = z.object({ user: CustomerShape })
    const { user } = await zendesk.get(`/api/v2/users/${requesterId}.json`, Answer)
    return { name: nameOf(user.name), locale: user.locale ?? null, timezone: user.iana_time_zone ?? null }
  } catch (error) {
    if (error instanceof ZendeskError && error.failure === 'not-found') return NOBODY
    throw error
  }
}

/** Zendesk names people whose name it does not know after their address; nobody is greeted so. */
function nameOf(name: string | null | undefined): string | null {
  const text = name?.trim() ?? ''
  return text === '' || text.includes('@') ? null : text
}
