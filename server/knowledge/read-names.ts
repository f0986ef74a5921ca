import type { Note } from '../../core/note/note.ts'
import type { ZendeskClient } from '../zendesk/client.ts'

/** Whom a draft must not name: the customer of the note, and the people and the organisation of the ticket. */
export async function readNames(
  ticketId: number,
  { customer_context: customer }: Pick<Note, 'customer_context'>,
  zendesk: Pick<ZendeskClient, 'getTicket'>,
): Promise<string[]> {
  const { users, organizations } = await zendesk.getTicket(ticketId)
  const people = users.filter(({ role }) => role === 'end-user')
  const names = [
    ...[customer.account, customer.primary_contact],
    ...people.map(({ name }) => name),
    ...organizations.map(({ name }) => name),
    // The name before the domain names a company as well as its own name does.
    ...people.flatMap(({ email }) => domainName(email)),
  ]
  return names.filter((name): name is string => typeof name === 'string' && name.trim() !== '')
}

const PUBLIC_MAIL = [
  'gmail',
  'googlemail',
  'outlook',
  'hotmail',
  'yahoo',
  'icloud',
  'proton',
  'protonmail',
  'gmx',
  'web',
]

function domainName(email: string | null | undefined): string[] {
  const [name = ''] = email?.split('@')[1]?.split('.') ?? []
  return name === '' || PUBLIC_MAIL.includes(name.toLowerCase()) ? [] : [name]
}
