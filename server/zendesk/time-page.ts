import { z } from 'zod'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { ExportLimit } from './export-call.ts'
import type { ExportPage } from './ticket-export.ts'

/** A page of an export that goes by time: the next one begins with the second this one ended in. */
export type TimePage = ExportPage & {
  /** Null when Zendesk names none, because nothing happened. */
  endTime: Instant | null
}

/** What such an answer tells beside its rows. */
export const TIME_PAGE = {
  end_time: z.number().nullish(),
  end_of_stream: z.boolean().nullish(),
  next_page: z.string().nullish(),
}

/** A page of fewer rows is the last. Source: api.md 5.1 */
const FULL_PAGE = 1000

type Told = { end_time?: number | null | undefined; end_of_stream?: boolean | null | undefined }

export function readTimePage({ end_time, end_of_stream }: Told, count: number, limit: ExportLimit | null): TimePage {
  return {
    endTime: end_time == null ? null : end_time * SECOND_MS,
    isAtEnd: end_of_stream ?? count < FULL_PAGE,
    limit,
  }
}
