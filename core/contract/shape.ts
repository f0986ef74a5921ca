import { z } from 'zod'
import { ReportTicketsRequest } from './report.ts'

/** Query `q` of `GET /desk/spread` and `GET /desk/hours`, as JSON. */
export const ShapeRequest = ReportTicketsRequest.omit({ only: true, after: true })
export type ShapeRequest = z.infer<typeof ShapeRequest>

/** Answer of `GET /desk/spread`: how a duration is spread. */
export const Spread = z.strictObject({
  n: z.int(),
  /** Hours, ascending: all of them, or of very many every so-manieth. */
  values: z.array(z.number()),
})
export type Spread = z.infer<typeof Spread>

/** Answer of `GET /desk/hours`: how many there were by weekday, Monday first, and hour, by the clocks of the zone. */
export const Hours = z.strictObject({ n: z.int(), counts: z.array(z.array(z.int())) })
export type Hours = z.infer<typeof Hours>
