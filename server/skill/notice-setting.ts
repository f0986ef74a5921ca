import type { NoticeSetting } from '../../core/notice/setting.ts'
import type { NoticeKind } from '../../core/notice/words.ts'
import type { Instant } from '../../core/units.ts'
import { readCustomer } from '../customer/read-customer.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import type { Found } from './find-escalation.ts'

type Given = { calendars: AccountCalendars; zendeskUrl: string; zendesk: ZendeskClient; now: Instant }

/** What notices of one kind need to know besides. The customer is looked up for a text that is meant for them alone. */
export async function settingFor(
  kind: NoticeKind,
  { state: { ticketId } }: Found,
  { calendars, zendeskUrl, zendesk, now }: Given,
): Promise<NoticeSetting> {
  return {
    ...{ now, calendarOf: calendars.calendarOf, ticketId },
    ticketUrl: `${zendeskUrl}/agent/tickets/${ticketId}`,
    customer: kind === 'customer-confirmation' ? await customer() : null,
  }

  async function customer(): Promise<NoticeSetting['customer']> {
    const { ticket } = await zendesk.getTicket(ticketId)
    return readCustomer(zendesk, ticket.requesterId)
  }
}
