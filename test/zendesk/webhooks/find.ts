import type { Invocation, Webhook } from '../state/model.ts'
import type { World } from '../world.ts'

/** The webhook of an id that came from outside. */
export function findWebhook(world: World, id: unknown): Webhook | undefined {
  const { webhooks } = world.state
  return typeof id === 'string' && Object.hasOwn(webhooks, id) ? webhooks[id] : undefined
}

export function findInvocation(world: World, id: string): Invocation | undefined {
  return Object.hasOwn(world.state.invocations, id) ? world.state.invocations[id] : undefined
}
