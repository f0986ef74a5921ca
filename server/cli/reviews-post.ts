import { postMarkdown } from '../../core/review/write-post.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { type GatheredPost, gatherPosts, gatherStory } from '../review/gather.ts'
import { keepAnswers } from '../review/store.ts'
import { table } from './table.ts'

type Shape = { json?: true; markdown?: true }
type Answers = { well?: string; badly?: string; actions?: string; by: string; done?: true }

export async function listPosts(context: Context, { json }: Shape): Promise<string> {
  const posts = await gatherPosts(context.account.id, context)
  if (json) return JSON.stringify(posts, null, 2)
  if (posts.length === 0) return 'No escalation that has ended calls for a review.'
  const rows = posts.map(({ escalationId, ticketId, severity, state, dueAt, because, summary }) => [
    ...[escalationId, `#${ticketId}`, severity, state, new Date(dueAt).toISOString().slice(0, 10), because],
    summary,
  ])
  return table(['ESCALATION', 'TICKET', 'SEVERITY', 'STATE', 'DUE', 'BECAUSE OF', 'SUMMARY'], rows)
}

/** Prints one, after writing down what was answered. @throws with a message for whoever named one that is none */
export async function showPost(context: Context, escalationId: string, options: Answers & Shape): Promise<string> {
  const post = await findPost(context, escalationId)
  const answers = {
    wentWell: options.well ?? post.answers.wentWell,
    wentBadly: options.badly ?? post.answers.wentBadly,
    actions: options.actions ?? post.answers.actions,
  }
  const isSaid = [options.well, options.badly, options.actions, options.done].some((said) => said !== undefined)
  const { account, db, clock } = context
  if (isSaid) {
    const kept = { answers, done: options.done ? options.by : null, dueAt: post.dueAt, now: clock.now() }
    await inAccount(db, account.id, (tx) => keepAnswers(tx, account.id, escalationId, kept))
  }
  const shown = isSaid ? await findPost(context, escalationId) : post
  const story = await gatherStory(account.id, context, shown)
  if (options.json) return JSON.stringify({ ...shown, story }, null, 2)
  return postMarkdown(shown, story, shown.answers).trimEnd()
}

async function findPost(context: Context, escalationId: string): Promise<GatheredPost> {
  const posts = await gatherPosts(context.account.id, context)
  const post = posts.find((one) => one.escalationId === escalationId)
  if (post) return post
  throw new Error(
    `${escalationId} calls for no review: it is not known, has not ended, or was with no tier that the policy reviews.`,
  )
}
