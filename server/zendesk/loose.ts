import { z } from 'zod'
import type { Instant } from '../../core/units.ts'

/** What exports write loosely: ids as numbers or strings, times that may be null or absent. */
export const Id = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(Number)
export const OptionalId = z
  .union([Id, z.literal('')])
  .nullish()
  .transform((id) => (typeof id === 'number' ? id : null))

export const Time = z.string().transform((text, context): Instant => {
  const at = Date.parse(text)
  if (!Number.isNaN(at)) return at
  context.addIssue({ code: 'custom', message: 'Not a time' })
  return z.NEVER
})
export const OptionalTime = z
  .string()
  .nullish()
  .transform((text): Instant | null => {
    const at = Date.parse(text ?? '')
    return Number.isNaN(at) ? null : at
  })

/** Rows that can be read; one of another shape is left out, so that it does not stop the rest for ever. */
export function readRows<T>(rows: readonly unknown[], schema: z.ZodType<T>): T[] {
  return rows.map((row) => schema.safeParse(row)).flatMap((read) => (read.success ? [read.data] : []))
}
