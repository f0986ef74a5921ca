import type { AppInstance } from './instance.ts'
import type { AppEvent, ToApp } from './protocol.ts'

/** How an app answered `ticket.save`. `text` is what it wants said; null leaves the page its own words. */
type HookReply = { isAllowed: true } | { isAllowed: false; text: string | null }

export type SaveHook = ReturnType<typeof createSaveHook>

/** How long a save waits for an app before it is refused. Zendesk's own limit is not published. */
const HOOK_PATIENCE_MS = 30_000

/**
 * Asks the windows that listen to `ticket.save`. An answer without `error` allows; with one, its `msg` is shown.
 * Which handlers block is the SDK's doing: `false`, text, an Error, a throw or a rejection block; all else allows,
 * also a promise of `false`.
 */
export function createSaveHook(post: (instance: AppInstance, message: ToApp) => void) {
  const waiting = new Map<string, (reply: HookReply) => void>()

  return { ask, answer }

  /** Null to go on, else what to show. The first refusal decides. */
  async function ask(instances: AppInstance[]): Promise<string | null> {
    const replies = await Promise.all(
      instances.map(async (instance) => ({ name: instance.installation.name, reply: await askOne(instance) })),
    )
    for (const { name, reply } of replies) {
      if (!reply.isAllowed) return reply.text ? `${name}: ${reply.text}` : `${name} did not let the ticket be saved.`
    }
    return null
  }

  function askOne(instance: AppInstance): Promise<HookReply> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => settle({ isAllowed: false, text: 'The app did not answer in time.' }),
        HOOK_PATIENCE_MS,
      )
      const settle = (reply: HookReply) => {
        clearTimeout(timer)
        waiting.delete(instance.guid)
        resolve(reply)
      }
      waiting.set(instance.guid, settle)
      post(instance, { key: 'zaf.ticket.save', needsReply: true })
    })
  }

  function answer(instance: AppInstance, message: AppEvent): void {
    const settle = waiting.get(instance.guid)
    if (!settle) return
    if (!message.error) settle({ isAllowed: true })
    else settle({ isAllowed: false, text: typeof message.error.msg === 'string' ? message.error.msg : null })
  }
}
