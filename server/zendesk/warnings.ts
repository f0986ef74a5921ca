import type { AxiosResponse } from 'axios'
import type { ZendeskLog } from './log.ts'
import { nameCall, requestIdOf } from './translate.ts'

/**
 * Logs what Zendesk ignored of our request: it says so in a header only. Keys, never values.
 * Source: api.md 3.2, `x-zendesk-api-warn: {… :unpermitted_keys=>["ticket.id"] …}`
 */
export function logWarnings(log: ZendeskLog): (response: AxiosResponse) => AxiosResponse {
  return (response) => {
    const warning: unknown = response.headers['x-zendesk-api-warn']
    if (typeof warning === 'string') {
      const keys = /:unpermitted_keys=>\[([^\]]*)\]/.exec(warning)?.[1] ?? ''
      log.warn({
        event: 'zendesk.ignored-keys',
        call: nameCall(response.config),
        keys: [...keys.matchAll(/"([\w.]+)"/g)].map(([, key]) => key),
        requestId: requestIdOf(response),
      })
    }
    return response
  }
}
