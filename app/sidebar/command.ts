import { BATON_TAG, Envelope, type Verb } from '../../core/contract/command.ts'
import { COMMENT_LIMIT, commentSize } from '../../core/form/render-form.ts'
import { canonicalNote } from '../../core/note/canonical.ts'
import type { Note } from '../../core/note/note.ts'
import { renderHtml } from '../../core/note/render.ts'

/** Something the agent asks for, ready to be put into the ticket. */
export type Command = { envelope: Envelope; html: string }

export async function createCommand(id: string, verb: Verb, ticketId: number, note: Note): Promise<Command> {
  return {
    envelope: Envelope.parse({ v: 1, verb, id, ticket: ticketId, digest: await digestOf(note) }),
    html: renderHtml(note),
  }
}

/** `base64url(sha256(canonicalNote(note)))` */
export async function digestOf(note: Note): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalNote(note)))
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
