import { z } from 'zod'

const Choice = z.strictObject({ value: z.string(), name: z.string() })

/** Answer of `GET /desk/choices`: what the page's reports can be narrowed to, by dimension. */
export const Choices = z.strictObject({
  tier: z.array(Choice),
  queue: z.array(Choice),
  component: z.array(Choice),
  severity: z.array(Choice),
  segment: z.array(Choice),
})
export type Choices = z.infer<typeof Choices>
