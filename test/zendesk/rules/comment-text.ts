import type { Comment } from '../state/model.ts'

/** A comment as rules read it: without markup. */
export function commentText(comment: Pick<Comment, 'plain_body' | 'body' | 'html_body'>): string {
  return comment.plain_body || comment.body || comment.html_body.replace(/<[^>]*>/g, ' ')
}
