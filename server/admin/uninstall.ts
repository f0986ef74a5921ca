import type { Installation } from './installation.ts'
import type { AdminApi } from './inventory.ts'

/** What taking Baton away would do, in the order it is done. */
export type Removal = { sentence: string; path: string }

/**
 * Lists what `uninstall` takes away. Ticket fields hold the history of tickets, so they stay unless asked for; groups
 * stay always, they may hold tickets.
 */
export function planRemoval(installation: Installation, { withFields }: { withFields: boolean }): Removal[] {
  const removals: Removal[] = []
  const { triggerId, moveTriggerId } = installation
  if (triggerId) removals.push({ sentence: 'Delete the trigger', path: `/api/v2/triggers/${triggerId}` })
  if (moveTriggerId) {
    const sentence = 'Delete the trigger that tells of tickets moved to specialists'
    removals.push({ sentence, path: `/api/v2/triggers/${moveTriggerId}` })
  }
  if (installation.webhookId) {
    removals.push({ sentence: 'Delete the webhook', path: `/api/v2/webhooks/${installation.webhookId}` })
  }
  if (installation.viewId) {
    removals.push({ sentence: 'Delete the view "Escalated tickets"', path: `/api/v2/views/${installation.viewId}` })
  }
  if (withFields) {
    for (const [key, id] of Object.entries(installation.fields)) {
      removals.push({
        sentence: `Delete the ticket field for the escalation’s ${key.replace('_', ' ')}, with its values on all tickets`,
        path: `/api/v2/ticket_fields/${id}`,
      })
    }
  }
  return removals
}

/** Takes Baton away; what is gone already counts as done, so it can be run again. */
export async function uninstall(
  removals: Removal[],
  api: AdminApi,
  isGone: (error: unknown) => boolean,
): Promise<void> {
  for (const { path } of removals) {
    try {
      await api.delete(path)
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
}
