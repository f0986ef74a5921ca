import type { AxiosInstance } from 'axios'
import type { z } from 'zod'
import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import { parseAnswer } from './call.ts'
import type { HeaderReader } from './retry-at.ts'

/** What Zendesk said of the calls that all exports of the account share. */
export type ExportLimit = { perMinute: number; left: number; resetsAt: Instant }

export type ExportCall = <T>(path: string, schema: z.ZodType<T>) => Promise<{ answer: T; limit: ExportLimit | null }>

/** Asks an export. Nobody waits for it, whoever else the client serves, and its pages are the largest there are. */
export function createExportCall(http: AxiosInstance, clock: Clock): ExportCall {
  return async (path, schema) => {
    const response = await http.request({ method: 'get', url: path, lane: 'background', isLong: true })
    const header = (name: string) => response.headers[name] as string | undefined
    return { answer: parseAnswer('get', path, response, schema), limit: readExportLimit(header, clock.now()) }
  }
}

/** Null when an answer does not tell. Source: api.md 5.1, 7.1; the older name has a hyphen more */
export function readExportLimit(header: HeaderReader, now: Instant): ExportLimit | null {
  const told = header('zendesk-ratelimit-incremental-exports') ?? header('zendesk-rate-limit-incremental-exports')
  const number = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(told ?? '')?.[1] ?? Number.NaN)
  const [perMinute, left, resets] = [number('total'), number('remaining'), number('resets')]
  if (!(perMinute > 0) || Number.isNaN(left) || Number.isNaN(resets)) return null
  return { perMinute, left, resetsAt: now + resets * SECOND_MS }
}
