import type { Clock } from '../../core/units.ts'
import { ZendeskError } from '../zendesk/error.ts'
import type { AdminApi } from './inventory.ts'

/**
 * Makes every call again once Zendesk's rate limit allows it: the person who runs the command waits, where a server
 * would put its job off. A call that was held back or answered 429 did nothing.
 *
 * @param wait resolves after so many milliseconds
 */
export function patient(api: AdminApi, clock: Clock, wait: (ms: number) => Promise<void>): AdminApi {
  return {
    get: (path, schema) => insist(() => api.get(path, schema)),
    post: (path, body, schema) => insist(() => api.post(path, body, schema)),
    put: (path, body, schema) => insist(() => api.put(path, body, schema)),
    patch: (path, body) => insist(() => api.patch(path, body)),
    delete: (path) => insist(() => api.delete(path)),
  }

  async function insist<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof ZendeskError) || error.failure !== 'rate-limited' || error.retryAt === null) throw error
        await wait(Math.max(0, error.retryAt - clock.now()))
      }
    }
  }
}
