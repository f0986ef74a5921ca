import { z } from 'zod'
import { MESSAGES, type MessageKind, SENDINGS, SHARED } from '../customer/words.ts'
import { Severity } from '../severity.ts'
import { anyNumberOf, Id, Span } from './entries.ts'

const Send = z.enum(SENDINGS)

/** Keys as a policy writes them. */
type MessageKey<K extends MessageKind = MessageKind> = K extends 'fix-available' ? 'fix_available' : K
const MESSAGE_KEYS = MESSAGES.map((kind) => kind.replaceAll('-', '_')) as [MessageKey, ...MessageKey[]]

function eachMessage<T extends z.ZodType>(value: T) {
  const shape = Object.fromEntries(MESSAGE_KEYS.map((key) => [key, value.optional()]))
  return z.strictObject(shape as Record<MessageKey, z.ZodOptional<T>>)
}

const Text = z.string().max(5000, 'At most 5,000 characters').regex(/\S/, 'Must not be empty')

/** What the customer hears from us while an escalation lasts. */
export const CustomerEntry = z.strictObject({
  cadence: z.partialRecord(Severity, Span).optional(),
  /** Id of the schedule within whose open hours the cadence counts. */
  hours: Id.optional(),
  around_the_clock: anyNumberOf(Severity).optional(),
  send: eachMessage(Send).optional(),
  share: anyNumberOf(z.enum(SHARED)).optional(),
  templates: z
    .record(
      z.string().regex(/^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$/, 'Write a language tag: en, de, pt-BR'),
      eachMessage(Text),
    )
    .optional(),
})
export type CustomerEntry = z.infer<typeof CustomerEntry>
