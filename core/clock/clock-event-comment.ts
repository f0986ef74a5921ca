/** Who wrote a comment, by the role they had then, and how. */
export type CommentAuthor = 'agent' | 'light-agent' | 'end-user' | 'api' | 'bot'

/** What a comment means to clocks: a person of ours answered, the customer spoke, or nothing. */
export type CommentSignal = 'agent-replied' | 'customer-spoke' | null

/**
 * Only words that reach somebody count: an agent's public comment answers the customer, and so does what an integration
 * posts publicly in an agent's name. A bot's greeting answers nobody, and light agents cannot write in public. The
 * customer's word counts through whichever channel it comes.
 *
 * @param isRequester an agent who asked for the ticket is its customer
 */
export function commentSignal(author: CommentAuthor, isPublic: boolean, isRequester: boolean): CommentSignal {
  if (isRequester || author === 'end-user') return isPublic || author === 'light-agent' ? 'customer-spoke' : null
  if (!isPublic) return null
  return author === 'agent' || author === 'api' ? 'agent-replied' : null
}
