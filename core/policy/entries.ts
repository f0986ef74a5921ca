import { z } from 'zod'
import { parseDuration } from '../units.ts'

export const Id = z
  .string()
  .max(60, 'At most 60 characters')
  .regex(/^[a-z][a-z0-9_-]*$/, 'Use lower-case letters, digits, - and _, beginning with a letter')
export const Label = z.string().max(500, 'At most 500 characters').regex(/\S/, 'Must not be empty')
export const Labels = z.array(Label).max(200, 'At most 200 entries')

const SPAN = 'Write a span such as 30m, 4h, 1d or 1h 30m'
export const Span = z.string(SPAN).refine((text) => parseDuration(text) !== null, SPAN)

/** Takes one value where a list is meant: `severity: P0` as `severity: [P0]`. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (given) => (given === undefined || given === null || Array.isArray(given) ? given : [given]),
    z.array(item).min(1, 'Name at least one').max(50, 'At most 50 entries'),
  )
}

/** As `oneOrMore`, but an empty list says none. */
export function anyNumberOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (given) => (given === undefined || given === null || Array.isArray(given) ? given : [given]),
    z.array(item).max(50, 'At most 50 entries'),
  )
}
