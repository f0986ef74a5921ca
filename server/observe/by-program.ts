import { ApiMarker, type Envelope } from '../../core/contract/command.ts'
import type { CommandFact, SaidFact, Standing } from '../../core/escalation/facts.ts'
import type { Audit } from '../zendesk/audit.ts'

export type Programs = {
  /** The user our own updates are made as. */
  integrationUserId: number | null
  /** Name of the key with which a program had our own user write this command; null when none did. */
  programOf(envelope: Envelope): Promise<string | null>
}

const RECEIVER: Standing = { isReceiver: true, isEscalator: false, isLead: false, isAdmin: false, isApprover: false }

/**
 * What our own user wrote is believed when a program asked us for it, and told under the name of its key; anything else is
 * refused, whatever rights that user has.
 *
 * @param isFirstLook then the mark beside the envelope counts too, as our other marks do: what is known of keys may be lost
 */
export async function asProgram<F extends CommandFact | SaidFact>(
  fact: F,
  { authorId, custom }: Audit,
  { integrationUserId, programOf }: Programs,
  isFirstLook: boolean,
): Promise<F> {
  if (authorId !== integrationUserId) return fact
  const { envelope } = fact
  const marked = isFirstLook ? (ApiMarker.safeParse(custom.baton_api).data?.by ?? null) : null
  const name = envelope && fact.kind === 'said' ? ((await programOf(envelope)) ?? marked) : null
  if (name === null) return { ...fact, reading: { ok: false, problems: [NOBODY_ASKED] } }
  return { ...fact, author: { ...fact.author, name: `${name} (API)` }, standing: RECEIVER }
}

const NOBODY_ASKED = 'It was written by Baton’s own user, and no program asked for it.'
