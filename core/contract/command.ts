import { z } from 'zod'
import { COMMAND_NAMES } from '../command/forms.ts'

/** The tag that tells Zendesk's trigger that Baton has something to read on a ticket. */
export const BATON_TAG = 'baton'

/** A command id: a ULID made by whoever gives the command. The same id is one command, however often it arrives. */
export const CommandId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'Must be a ULID')

/** `escalate` asks for a hand-over; `amend` completes the note of an escalation that is already under way. */
export const NoteVerb = z.enum(['escalate', 'amend'])
export type NoteVerb = z.infer<typeof NoteVerb>

/** What a person can ask of Baton: with a note, or in one of the forms for the time after it. */
export const Verb = z.enum([...NoteVerb.options, ...COMMAND_NAMES])
export type Verb = z.infer<typeof Verb>

/**
 * The command envelope: what a person asked for, kept in `metadata.custom.baton` of the ticket update that carries
 * the note or form. It names its ticket and the digest of what was written, so that one copied to another ticket, or
 * parted from its comment, is recognised.
 */
export const Envelope = z.strictObject({
  v: z.literal(1),
  verb: Verb,
  id: CommandId,
  ticket: z.int().positive(),
  /** `base64url(sha256(canonicalForm(form, written)))`, 43 characters; a note is a form too. */
  digest: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})
export type Envelope = z.infer<typeof Envelope>

/** Marks a ticket update of ours, in `metadata.custom.baton_effect`, so that it is recognised and done once. */
export const EffectMarker = z.strictObject({
  id: z.string(),
  escalation: z.string().nullable(),
})
export type EffectMarker = z.infer<typeof EffectMarker>

/** Names the key with which a program had our own user write a command, in `metadata.custom.baton_api`. */
export const ApiMarker = z.strictObject({ by: z.string().min(1).max(60) })
export type ApiMarker = z.infer<typeof ApiMarker>
