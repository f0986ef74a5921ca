import { type CommentAuthor, commentSignal } from '../../core/clock/clock-event-comment.ts'
import { EffectMarker } from '../../core/contract/command.ts'
import { messageTold } from '../../core/customer/effect-id.ts'
import type { Author, TicketFact } from '../../core/escalation/facts.ts'
import { type Audit, type AuditComment, asId, asTags, type FieldChange } from '../zendesk/audit.ts'
import type { People } from './read-author.ts'

type Change = TicketFact['change']

/** What an update did, and who; nobody where a business rule did it. */
export type Told = { change: Change; author: Author | null }

export type Telling = {
  who: People
  /** An update that Baton made itself. */
  isOurs: boolean
  /** Whoever asks for help in the ticket, as of this update; looked up only where it matters. */
  requesterId(): Promise<number | null>
}

/** Zendesk puts this tag on a ticket that was merged into another. Source: api.md 3.5 */
const MERGED_TAG = 'closed_by_merge'

/**
 * What an update did that moves clocks or matters to an escalation: words that reach somebody, then where group, assignee
 * and status ended up. What Baton itself wrote, moved and unassigned is no news; a status is, whoever set it.
 */
export async function changesOf(audit: Audit, telling: Telling): Promise<Told[]> {
  const { who, isOurs } = telling
  const found = isOurs ? await tellingOf(audit, who) : await commentsOf(audit, telling)

  const { status, group_id: group, assignee_id: assignee, tags } = lastChanges(audit)
  const doer = ({ isByRule }: FieldChange) => (isByRule ? null : who.authorOf(audit.authorId))
  if (group && !isOurs) found.push({ change: { what: 'group', to: asId(group.value) }, author: await doer(group) })
  if (assignee && !isOurs) {
    const to = asId(assignee.value)
    const name = to === null ? null : ((await who.authorOf(to))?.name ?? null)
    found.push({ change: { what: 'assigned', to, name }, author: await doer(assignee) })
  }
  const isMerged = asTags(tags?.value).includes(MERGED_TAG) && !asTags(tags?.previous).includes(MERGED_TAG)
  if (isMerged) found.push({ change: { what: 'merged' }, author: await doer(tags!) })
  else if (status) found.push({ change: { what: 'status', to: String(status.value) }, author: await doer(status) })
  return found
}

/** Where each field that changed ended up; one that came back to where it was has not changed. */
function lastChanges({ changes }: Audit): Partial<Record<string, FieldChange>> {
  const ended = new Map<string, FieldChange>()
  for (const change of changes.filter(({ isCreate }) => !isCreate)) {
    ended.set(change.field, { ...change, previous: (ended.get(change.field) ?? change).previous })
  }
  return Object.fromEntries([...ended].filter(([, { value, previous }]) => String(value) !== String(previous)))
}

/** What Baton told the customer by itself: they have heard from us. */
async function tellingOf({ custom, comments, authorId }: Audit, who: People): Promise<Told[]> {
  const marker = EffectMarker.safeParse(custom.baton_effect)
  const message = marker.success ? messageTold(marker.data.id) : null
  if (message === null || !comments.some(({ isPublic }) => isPublic)) return []
  return [{ change: { what: 'told', message }, author: await who.authorOf(authorId) }]
}

async function commentsOf(audit: Audit, { who, requesterId }: Telling): Promise<Told[]> {
  const found: Told[] = []
  // What opens a ticket answers nobody.
  const isOpening = audit.changes.some(({ isCreate }) => isCreate)
  for (const comment of audit.comments) {
    const author = await who.authorOf(comment.authorId)
    const kind = kindOf(author, comment, audit)
    const isRequester = dependsOnRequester(kind, comment) && (await requesterId()) === comment.authorId
    const signal = commentSignal(kind, comment.isPublic, isRequester)
    if (signal === null || (isOpening && signal === 'agent-replied')) continue
    found.push({ change: { what: 'comment', signal }, author })
  }
  return found
}

/** What one of ours says means something else when they are the customer themselves. */
function dependsOnRequester(kind: CommentAuthor, { isPublic }: AuditComment): boolean {
  return kind === 'light-agent' || (isPublic && (kind === 'agent' || kind === 'api'))
}

function kindOf(author: Author | null, { isByRule }: AuditComment, { channel }: Audit): CommentAuthor {
  if (!author || isByRule) return 'bot'
  if (author.role === 'end-user') return 'end-user'
  if (author.isLightAgent) return 'light-agent'
  return channel === 'api' ? 'api' : 'agent'
}
