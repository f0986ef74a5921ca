import { z } from 'zod'

const instant = z.number()
const Share = z.object({ count: z.int(), of: z.int(), share: z.number(), low: z.number(), high: z.number() })

/** Answer of `GET /desk/audit`, as far as the page reads it; instants in milliseconds. */
export const AuditView = z.object({
  ...{ from: instant, to: instant, tickets: z.int(), least: z.int() },
  names: z.record(z.string(), z.string()),
  patterns: z.array(
    z.object({
      ...{ pattern: z.string(), title: z.string(), definition: z.string(), of: z.string(), also: z.string() },
      share: Share,
      findings: z.array(
        z.object({
          ...{ ticketId: z.int(), byId: z.number(), from: instant, to: instant },
          evidence: z.array(z.object({ at: instant, what: z.string() })),
        }),
      ),
      people: z.array(z.object({ id: z.number(), share: Share, peers: Share, standsOut: z.boolean() })),
    }),
  ),
})
export type AuditView = z.infer<typeof AuditView>

const Group = z.object({
  ...{ name: z.string().nullable(), n: z.int(), value: z.number().nullable() },
  ...{ executive: Share, jumped: Share },
})

/** Answer of `GET /desk/pressure`, as far as the page reads it. */
export const PressureView = z.object({
  ...{ from: instant, to: instant, least: z.int(), definition: z.string(), all: Group },
  points: z.array(
    z.object({ id: z.string(), title: z.string(), points: z.number(), definition: z.string(), share: Share }),
  ),
  weeks: z.array(Group),
  customers: z.array(Group),
  displaced: z.object({ passedOver: z.int(), breached: z.int(), longerMs: z.number() }),
  cases: z.array(
    z.object({
      ...{ escalationId: z.string(), ticketId: z.int(), at: instant, score: z.number() },
      points: z.array(z.object({ id: z.string(), points: z.number() })),
    }),
  ),
})
export type PressureView = z.infer<typeof PressureView>
