import { z } from 'zod'
import { Channel, NoticeUrgency, Route, SectionName } from '../notice/words.ts'
import { SelectorShape } from './channels-schema.ts'
import { anyNumberOf, Id, Label, Labels, oneOrMore, Span } from './entries.ts'

const Email = z
  .string()
  .max(254, 'At most 254 characters')
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, 'Write an e-mail address')
  .transform((email) => email.toLowerCase())

const SLACK_ID =
  'Write Slack’s id of a member (U…, W…) or of a user group (S…); a profile shows it under “Copy member ID”'
const SlackId = z.string(SLACK_ID).regex(/^[UWS][A-Z0-9]{7,20}$/, SLACK_ID)

const Locale = z.string().regex(/^[a-z]{2}(-[A-Za-z0-9]{2,8})*$/, 'Write a language such as en, de or pt-br')

const ContactShape = {
  name: Label.optional(),
  email: Email.optional(),
  slack: SlackId.optional(),
  zendesk: z.int().positive().optional(),
}

/** An e-mail address, or somebody with one or another way to be told. */
const HolderEntry = z.preprocess(
  (given) => (typeof given === 'string' ? { email: given } : given),
  z.strictObject({ ...ContactShape, ...SelectorShape, account: Labels.optional() }),
)
export type HolderEntry = z.infer<typeof HolderEntry>

const NoticeRuleEntry = z.strictObject({
  kind: oneOrMore(Label),
  ...SelectorShape,
  to: anyNumberOf(Id).optional(),
  over: oneOrMore(Route),
  fallback: anyNumberOf(Channel).optional(),
  fallback_after: Span.optional(),
  include: anyNumberOf(SectionName).optional(),
  urgency: NoticeUrgency.optional(),
})
export type NoticeRuleEntry = z.infer<typeof NoticeRuleEntry>

const Text = z.string().max(5000, 'At most 5,000 characters')
const TemplateEntry = z.strictObject({
  subject: Text.refine((text) => !/[\r\n]/.test(text), 'A subject is one line').optional(),
  opening: Text.optional(),
})

export const NotificationsEntry = z.strictObject({
  dry_run: z.boolean().optional(),
  locale: Locale.optional(),
  people: z.array(z.strictObject(ContactShape)).max(1000).optional(),
  roles: z.record(Id, z.preprocess(listed, z.array(HolderEntry).max(200))).optional(),
  send: z.array(NoticeRuleEntry).max(200, 'At most 200 entries').optional(),
  /** Locale → kind → words. */
  templates: z.record(Locale, z.record(z.string(), TemplateEntry)).optional(),
})
export type NotificationsEntry = z.infer<typeof NotificationsEntry>

function listed(given: unknown): unknown {
  return given === undefined || given === null || Array.isArray(given) ? given : [given]
}
