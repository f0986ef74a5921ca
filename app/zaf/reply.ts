import type { Zaf } from './client.ts'

/**
 * Adds words to what the agent is writing in Zendesk's editor; whatever is there stays, and nothing is sent. Which kind
 * of comment it is to become is the agent's choice: setting it for them is not reliable in the Agent Workspace.
 *
 * @returns the kind that the editor is set to
 * @throws {ZafError} when there is no editor, as on a closed ticket
 * Source: https://developer.zendesk.com/api-reference/apps/apps-support-api/ticket_sidebar/
 */
export async function addToReply(zaf: Zaf, words: string): Promise<'public' | 'internal'> {
  await zaf.invoke('comment.appendText', words)
  const { 'comment.type': kind } = await zaf.get(['comment.type']).catch(() => ({ 'comment.type': null }))
  return kind === 'internalNote' ? 'internal' : 'public'
}
