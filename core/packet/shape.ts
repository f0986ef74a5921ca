import { z } from 'zod'

/** ISO 8601, UTC. */
const moment = z.string()

/** One line of a list of facts. `url` makes it a link, `at` an instant. */
export const PacketFact = z.strictObject({
  label: z.string(),
  text: z.string(),
  url: z.string().optional(),
  at: moment.optional(),
})
export type PacketFact = z.infer<typeof PacketFact>

/** Something that was said in the ticket. */
export const PacketRemark = z.strictObject({
  at: moment,
  by: z.string(),
  role: z.enum(['customer', 'agent']),
  isPublic: z.boolean(),
  text: z.string(),
  /** Names of files. */
  attachments: z.array(z.string()),
})
export type PacketRemark = z.infer<typeof PacketRemark>

export const PacketEvent = z.strictObject({ at: moment, by: z.string().nullable(), text: z.string() })
export type PacketEvent = z.infer<typeof PacketEvent>

/** What a section is made of. Text is as it was written, line breaks and all; whoever shows it escapes it. */
export const PacketBlock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), heading: z.string().nullable(), text: z.string() }),
  z.strictObject({ kind: z.literal('code'), heading: z.string().nullable(), text: z.string() }),
  z.strictObject({
    kind: z.literal('list'),
    heading: z.string().nullable(),
    items: z.array(z.string()),
    isNumbered: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('facts'), heading: z.string().nullable(), facts: z.array(PacketFact) }),
  z.strictObject({ kind: z.literal('conversation'), remarks: z.array(PacketRemark) }),
  z.strictObject({ kind: z.literal('timeline'), events: z.array(PacketEvent) }),
  z.strictObject({ kind: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
])
export type PacketBlock = z.infer<typeof PacketBlock>

export const PacketSection = z.strictObject({ id: z.string(), title: z.string(), blocks: z.array(PacketBlock) })
export type PacketSection = z.infer<typeof PacketSection>

/** A past escalation like this one, and how it ended. */
export const SimilarCase = z.strictObject({
  id: z.string(),
  summary: z.string(),
  outcome: z.string(),
  url: z.string().nullable(),
})
export type SimilarCase = z.infer<typeof SimilarCase>

/** The whole handoff as a document, for whoever takes it over; or, for executives, what they need of it. */
export const Packet = z.strictObject({
  audience: z.enum(['receivers', 'executives']),
  escalationId: z.string(),
  ticketId: z.int(),
  ticketUrl: z.string().nullable(),
  title: z.string(),
  severity: z.string(),
  /** Where it stands, in a word or two. */
  stage: z.string(),
  asOf: moment,
  /** For people who were not in the ticket: each entry is one thing, in words that are in the ticket or the decision. */
  summary: z.array(PacketFact),
  sections: z.array(PacketSection),
})
export type Packet = z.infer<typeof Packet>
