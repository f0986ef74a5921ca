import { z } from 'zod'
import type { PacketRemark } from '../../core/packet/shape.ts'
import type { ZendeskClient } from '../zendesk/client.ts'

const Page = z.object({
  comments: z.array(
    z.object({
      author_id: z.int(),
      plain_body: z.string().nullish(),
      body: z.string().nullish(),
      public: z.boolean(),
      created_at: z.string(),
      attachments: z.array(z.object({ file_name: z.string().nullish() })).nullish(),
    }),
  ),
  users: z.array(z.object({ id: z.int(), name: z.string().nullish(), role: z.string().nullish() })).default([]),
  meta: z.object({ has_more: z.boolean().nullish(), after_cursor: z.string().nullish() }).nullish(),
})

/**
 * Everything that was said in a ticket, oldest first, as it stands now: a comment that was made private since, or from
 * which something was taken out, is so here too, which the ticket's audits would not tell.
 */
export async function readComments(zendesk: Pick<ZendeskClient, 'get'>, ticketId: number): Promise<PacketRemark[]> {
  const remarks: PacketRemark[] = []
  const people = new Map<number, { name: string; isCustomer: boolean }>()
  let after: string | null = null
  do {
    const query = new URLSearchParams({ 'page[size]': '100', sort: 'created_at', include: 'users' })
    if (after !== null) query.set('page[after]', after)
    const page: z.infer<typeof Page> = await zendesk.get(`/api/v2/tickets/${ticketId}/comments.json?${query}`, Page)
    for (const { id, name, role } of page.users) people.set(id, { name: name ?? '', isCustomer: role === 'end-user' })
    for (const comment of page.comments) {
      const author = people.get(comment.author_id)
      remarks.push({
        at: new Date(comment.created_at).toISOString(),
        by: author?.name || 'Somebody who is no longer in Zendesk',
        role: author?.isCustomer ? 'customer' : 'agent',
        isPublic: comment.public,
        text: (comment.plain_body ?? comment.body ?? '').replaceAll('&nbsp;', '\u00A0').trim(),
        attachments: (comment.attachments ?? []).map(({ file_name: name }) => name ?? 'file'),
      })
    }
    after = page.meta?.has_more ? (page.meta.after_cursor ?? null) : null
  } while (after !== null)
  return remarks
}
