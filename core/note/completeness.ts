import { z } from 'zod'

/** Something the note still lacks: the dotted path of the field and how many of the 100 points it is worth. */
export const MissingItem = z.strictObject({ field: z.string(), points: z.number() })
export type MissingItem = z.infer<typeof MissingItem>

export const Completeness = z.strictObject({
  /** 0 to 100. */
  score: z.number(),
  /** The policy's bar: below it a note is not sent, except at once for P0 and P1. */
  bar: z.number(),
  /** Most valuable first. */
  missing: z.array(MissingItem),
})
export type Completeness = z.infer<typeof Completeness>
