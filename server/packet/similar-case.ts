import type { SimilarCard } from '../../core/contract/similar.ts'
import type { SimilarCase } from '../../core/packet/shape.ts'
import { plain, showSpan } from '../../core/packet/words.ts'

/** A past escalation as the packet tells it: what it was, and how it ended. */
export function similarCaseOf(card: SimilarCard, zendeskUrl: string): SimilarCase {
  const { escalationId, ticketId, summary, code, tookMs, resolvedBy, rootCause, fix, articleUrl } = card
  return {
    id: escalationId,
    summary,
    outcome: [
      `${plain(code)}, after ${showSpan(tookMs)}, by ${resolvedBy}.`,
      ...(rootCause ? [`Root cause: ${rootCause}`] : []),
      ...(fix ? [`Fix: ${fix}`] : []),
      ...(articleUrl ? [`Article: ${articleUrl}`] : []),
    ].join('\n'),
    url: `${zendeskUrl}/agent/tickets/${ticketId}`,
  }
}
