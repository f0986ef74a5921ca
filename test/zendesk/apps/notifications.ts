import type { World } from '../world.ts'

/** A message for the open instances of an app; `agent_id` null is for everyone. */
export type AppNotification = { app_id: number; event: string; body: unknown; agent_id: number | null }

type Listener = (notification: AppNotification) => void

const listeners = new WeakMap<World, Set<Listener>>()

/** Hears what `POST /api/v2/apps/notify` sends; the agent page passes it on as `api_notification.<event>`. */
export function onAppNotification(world: World, listener: Listener): () => void {
  const set = listeners.get(world) ?? new Set()
  listeners.set(world, set.add(listener))
  return () => void set.delete(listener)
}

export function notifyApps(world: World, notification: AppNotification): void {
  for (const listener of listeners.get(world) ?? []) listener(notification)
}
