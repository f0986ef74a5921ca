import { BATON_TAG, Envelope, type Verb } from '../../core/contract/command.ts'
import { canonicalForm } from '../../core/form/canonical-form.ts'
import type { Form } from '../../core/form/form.ts'
import { COMMENT_LIMIT, commentSize, renderForm } from '../../core/form/render-form.ts'
import { formOf, type Written } from './forms.ts'

/** Something the agent asks for, ready to be put into the ticket. */
export type Command = { envelope: Envelope; html: string }

export async function createCommand<V extends Verb>(
  id: string,
  verb: V,
  ticketId: number,
  written: Written<V>,
): Promise<Command> {
  const form = formOf(verb)
  return {
    envelope: Envelope.parse({ v: 1, verb, id, ticket: ticketId, digest: await digestOf(form, written) }),
    html: renderForm(form, written),
  }
}

/** `base64url(sha256(canonicalForm(form, written)))` */
export async function digestOf<T>(form: Form<T>, written: T): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalForm(form, written)))
  return btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

export function fitsIntoComment({ html }: Command): boolean {
  return commentSize(html) <= COMMENT_LIMIT
}

/**
 * The one ticket update that carries a command: a private comment people can read, the envelope, the tag.
 * It is refused by Zendesk when the ticket changed since `updatedAt`, so nobody's tags are lost.
 */
export function ticketUpdate({ envelope, html }: Command, tags: string[], updatedAt: string) {
  return {
    ticket: {
      comment: { html_body: html, public: false },
      tags: [...new Set([...tags, BATON_TAG])],
      metadata: { baton: envelope },
      safe_update: true,
      updated_stamp: updatedAt,
    },
  }
}
