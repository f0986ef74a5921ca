import type { Ticket } from '../state/model.ts'

/** A ticket that may be changed without changing the other. What is only ever replaced as a whole is shared. */
export function copyOf(ticket: Ticket): Ticket {
  const { collaborator_ids, follower_ids, email_cc_ids, tags, custom_fields, followup_ids } = ticket
  return {
    ...ticket,
    collaborator_ids: [...collaborator_ids],
    follower_ids: [...follower_ids],
    email_cc_ids: [...email_cc_ids],
    tags: [...tags],
    custom_fields: { ...custom_fields },
    followup_ids: [...followup_ids],
  }
}
