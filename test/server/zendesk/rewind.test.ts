import { expect, it } from 'vitest'
import { rewind } from '../../../server/zendesk/rewind.ts'
import { startSmallAccount } from '../zendesk/small-account.ts'

it('takes updates back one by one', async () => {
  await using account = await startSmallAccount()
  const { agent, specialist } = account.people
  const ticketId = account.aTicket({ tags: ['a'] })
  const { fields } = account.installation
  const seen = [await account.client.getTicket(ticketId)]
  const updates = [
    { group_id: account.groups.identity.id, tags: ['a', 'b'] },
    { assignee_id: specialist.id, priority: 'high' as const },
    {
      custom_fields: [
        { id: fields.tier!, value: 'baton_tier_2' },
        { id: fields.escalation_id!, value: 'ESC-1' },
      ],
    },
    { tags: [], group_id: account.groups.support.id },
  ]
  for (const update of updates) {
    account.change(agent, ticketId, update)
    seen.push(await account.client.getTicket(ticketId))
  }

  const audits = (await account.client.listAuditsSince(ticketId, 0)).slice(1)
  const now = seen.at(-1)!.ticket
  for (const [index, { ticket }] of seen.entries()) {
    const { groupId, assigneeId, priority, tags } = rewind(now, audits.slice(index))
    expect({ groupId, assigneeId, priority, tags: tags.toSorted() }).toEqual({
      groupId: ticket.groupId,
      assigneeId: ticket.assigneeId,
      priority: ticket.priority,
      tags: ticket.tags.toSorted(),
    })
  }
})
