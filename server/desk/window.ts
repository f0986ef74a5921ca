import { z } from 'zod'
import { DAY_MS, type Instant } from '../../core/units.ts'

const WHEN = 'Write an instant such as 2026-03-01T00:00:00Z'
const When = z.iso.datetime({ offset: true, error: WHEN }).transform((text) => Date.parse(text))
const LONGEST_MS = 731 * DAY_MS
const USUAL_MS = 30 * DAY_MS

const Window = z
  .object({ from: When.optional(), to: When.optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    error: 'Write an instant after `from`',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || to - from <= LONGEST_MS, {
    path: ['to'],
    error: 'At most two years at once',
  })

/** [from, to) of a query; the last thirty days where it names none. @throws {ZodError} answered as 422 */
export function readWindow(query: unknown, now: Instant): { from: Instant; to: Instant } {
  const { from, to } = Window.parse(query)
  const until = to ?? now
  return { from: from ?? until - USUAL_MS, to: until }
}
