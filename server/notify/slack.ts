import { renderCard, renderSlack, type SlackPost } from '../../core/notice/render-slack.ts'
import { NotifyError } from './error.ts'
import type { Delivery, Receipt, Sender, Thread } from './sender.ts'
import type { SlackApi } from './slack-api.ts'
import { findPost, type Mark, metadataOf } from './slack-find.ts'

/**
 * Posts to Slack. In a thread, its top says how the escalation stands and is rewritten in place; what is told are
 * replies. A post whose answer was lost is looked for before it is made again.
 */
export function createSlack(api: SlackApi): Sender {
  return async (delivery) => {
    const [first] = delivery.fold
    if (!first.isThreaded) return { externalId: await postAll(delivery, first.place, null) }
    const thread = await keepTop(delivery)
    const ts = await postAll(delivery, thread.place, thread.ts)
    return { externalId: ts ?? thread.ts } satisfies Receipt
  }

  /** The thread's top, saying what is so now. */
  async function keepTop(delivery: Delivery): Promise<Thread> {
    const { thread, message } = delivery
    const post = renderCard(message.card)
    const card = JSON.stringify(post)
    if (thread?.card === card) return thread
    if (thread) {
      try {
        await api('chat.update', { channel: thread.place, ts: thread.ts, ...post })
        const changed = { ...thread, card }
        await delivery.saveThread(changed)
        return changed
      } catch (error) {
        if (!(error instanceof NotifyError && error.failure === 'refused')) throw error
        // Unless somebody deleted it, and the thread begins anew, what is told matters more than what the top says.
        const isGone = error.reason === 'message_not_found'
        if (!isGone && message.parts.length > 0) return thread
        if (!isGone) throw error
      }
    }
    const top = await postOnce(delivery, delivery.fold[0].place, null, post, 0)
    const begun = { ...top, card }
    await delivery.saveThread(begun)
    return begun
  }

  async function postAll(delivery: Delivery, place: string, threadTs: string | null): Promise<string | null> {
    const { message, partsDone } = delivery
    const posts = message.parts.length === 0 ? [] : renderSlack(message)
    const isLoud = message.urgency === 'critical'
    let ts: string | null = null
    // What is below the first post of a message without a thread belongs to that post.
    let below = threadTs
    for (const [index, post] of posts.entries()) {
      if (index < partsDone) continue
      const posted = await postOnce(delivery, place, below, post, index + 1, isLoud && index === 0 && threadTs !== null)
      if (below === null && posts.length > 1) below = posted.ts
      ts ??= posted.ts
      await delivery.savePart(index + 1)
    }
    return ts
  }

  async function postOnce(
    { batch, isRetry, firstTriedAt }: Delivery,
    place: string,
    threadTs: string | null,
    post: SlackPost,
    part: number,
    isBroadcast = false,
  ): Promise<{ place: string; ts: string }> {
    const mark: Mark = { batch, part }
    const found = isRetry ? await findPost(api, { place, threadTs, mark, since: firstTriedAt }) : null
    if (found) return found
    const answer = await api('chat.postMessage', {
      channel: place,
      ...post,
      ...(threadTs === null ? {} : { thread_ts: threadTs }),
      ...(isBroadcast ? { reply_broadcast: true } : {}),
      metadata: metadataOf(mark),
      // What a customer wrote calls nobody and shows no previews.
      ...{ parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false },
    })
    return { place: String(answer.channel), ts: String(answer.ts) }
  }
}
