import type { AxiosResponse } from 'axios'
import { ZendeskError } from './error.ts'
import { nameCall, requestIdOf } from './translate.ts'

/** Parses a good answer, but where text was asked for. One that is not JSON (half of it, a page of a proxy) counts as no answer at all. */
export function readJson(response: AxiosResponse): AxiosResponse {
  const text: unknown = response.data
  if (typeof text !== 'string' || response.config.responseType === 'text') return response
  if (text.trim() === '') return { ...response, data: null }
  try {
    return { ...response, data: JSON.parse(text) }
  } catch {
    const call = nameCall(response.config)
    throw new ZendeskError('unavailable', `${call} answered ${response.status} with something other than JSON`, {
      reason: 'half-an-answer',
      status: response.status,
      requestId: requestIdOf(response),
    })
  }
}
