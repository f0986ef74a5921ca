/** `window` listens, with its client for `about`, to `event`. */
type Subscription = { window: string; about: string; event: string }

/**
 * Who listens to what. A window may hold clients of other instances (`client.instance(guid)`), so each subscription
 * names the instance whose window listens and the instance it listens to.
 */
export function createSubscriptions() {
  const counts = new Map<string, Subscription & { count: number }>()

  return {
    set(subscription: Subscription, count: number): void {
      const key = JSON.stringify([subscription.window, subscription.about, subscription.event])
      if (count > 0) counts.set(key, { ...subscription, count })
      else counts.delete(key)
    },
    /** The windows that hear `event` of the instance `about`. */
    windowsFor(about: string, event: string): string[] {
      return [...counts.values()].filter((one) => one.about === about && one.event === event).map((one) => one.window)
    },
    forgetWindow(window: string): void {
      for (const [key, one] of counts) if (one.window === window) counts.delete(key)
    },
    list: () => [...counts.values()],
  }
}

export type Subscriptions = ReturnType<typeof createSubscriptions>
