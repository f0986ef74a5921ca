import { z } from 'zod'
import { Severity } from '../severity.ts'
import { Level } from './clocks-schema.ts'
import { Id, Label, oneOrMore } from './entries.ts'

const SLACK = 'Write a channel such as "#escalations" (in quotes), or its id such as C0123ABCDEF'
const SlackChannel = z.string(SLACK).regex(/^(#[^\s#,]{1,80}|[CGD][A-Z0-9]{7,20})$/, SLACK)

const URL = 'Write an https address'
const Endpoint = z
  .url({ protocol: /^https?$/, error: URL })
  .max(2000)
  .refine(isSafe, `${URL}; http is for this machine alone`)

/** Which escalations an entry is for; what is left out means any. */
export const SelectorShape = {
  queue: oneOrMore(Id).optional(),
  tier: oneOrMore(Level).optional(),
  severity: oneOrMore(Severity).optional(),
}

/** The name under which the server was given a key: `BATON_PAGERDUTY_KEYS=platform=…`. */
const KeyName = Id

/** How people are reached. Tokens, keys and passwords are the server's configuration and stand nowhere in a policy. */
export const ChannelsEntry = z.strictObject({
  slack: z
    .strictObject({
      channel: SlackChannel.optional(),
      oncall: SlackChannel.optional(),
      channels: z
        .array(z.strictObject({ ...SelectorShape, channel: SlackChannel }))
        .max(200)
        .optional(),
      thread: z.boolean().optional(),
    })
    .optional(),
  pagerduty: z
    .strictObject({
      service: KeyName.optional(),
      services: z
        .array(z.strictObject({ ...SelectorShape, service: KeyName }))
        .max(200)
        .optional(),
    })
    .optional(),
  email: z.strictObject({ from: Label }).optional(),
  webhook: z.strictObject({ url: Endpoint }).optional(),
})
export type ChannelsEntry = z.infer<typeof ChannelsEntry>

function isSafe(text: string): boolean {
  const at = /^http:\/\/([^/:]+|\[[^\]]+\])/i.exec(text)
  return !at || ['localhost', '127.0.0.1', '[::1]'].includes(at[1]!.toLowerCase())
}
