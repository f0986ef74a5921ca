import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ApiAudit, ApiComment } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import { Icon } from '../theme/Icon.tsx'
import { editedTicket, type TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { AuditEvents } from './AuditEvents.tsx'
import { Message } from './Message.tsx'

export type ConversationProps = {
  store: TicketStore
  snapshot: TicketSnapshot
  session: Session
  showsEvents: boolean
  setShowsEvents: (shows: boolean) => void
}

/** Subject and everything said, oldest first; with events on, also everything that was changed. */
export function Conversation({ store, snapshot, session, showsEvents, setShowsEvents }: ConversationProps) {
  const end = useRef<HTMLDivElement>(null)
  const ticket = editedTicket(snapshot)!
  const entries = entriesOf(snapshot, showsEvents)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is at the bottom; a long one is read from its top
  useLayoutEffect(() => {
    const newest = end.current?.previousElementSibling as HTMLElement | null
    if (newest) newest.parentElement?.scrollTo({ top: newest.offsetTop - 8 })
  }, [snapshot.comments.length, showsEvents])

  return (
    <>
      <header className="conversation-header">
        <SubjectInput
          subject={ticket.subject}
          isDisabled={session.isLight || ticket.status === 'closed'}
          onChange={(subject) => store.setField('subject', subject)}
        />
        <span className="conversation-via">Via {viaText(ticket.via.channel)}</span>
        <button
          type="button"
          className="icon-button"
          aria-label="Show events"
          title={showsEvents ? 'Hide events' : 'Show events'}
          aria-pressed={showsEvents}
          onClick={() => setShowsEvents(!showsEvents)}
        >
          <Icon name="history" />
        </button>
      </header>
      <section className="conversation" aria-label="Conversation">
        {entries.map((entry) =>
          entry.kind === 'comment' ? (
            <Message
              key={`comment-${entry.comment.id}`}
              comment={entry.comment}
              author={snapshot.people[entry.comment.author_id]}
              requester={snapshot.people[ticket.requester_id]}
            />
          ) : (
            <AuditEvents key={`audit-${entry.audit.id}`} audit={entry.audit} snapshot={snapshot} session={session} />
          ),
        )}
        <div ref={end} />
      </section>
    </>
  )
}

type Entry = { kind: 'comment'; comment: ApiComment } | { kind: 'audit'; audit: ApiAudit }

/** Comments and, when asked for, the audits behind them, each audit after its own comment. */
function entriesOf({ comments, audits }: TicketSnapshot, showsEvents: boolean): Entry[] {
  const said: Entry[] = comments.map((comment) => ({ kind: 'comment', comment }))
  if (!showsEvents) return said
  const all: { at: string; order: number; entry: Entry }[] = [
    ...said.map((entry, order) => ({ at: comments[order]!.created_at, order, entry })),
    ...audits.map((audit) => ({
      at: audit.created_at,
      order: comments.findIndex((comment) => comment.audit_id === audit.id) + 0.5,
      entry: { kind: 'audit', audit } as Entry,
    })),
  ]
  return all.sort((a, b) => a.at.localeCompare(b.at) || a.order - b.order).map(({ entry }) => entry)
}

type SubjectInputProps = { subject: string; isDisabled: boolean; onChange: (subject: string) => void }

function SubjectInput({ subject, isDisabled, onChange }: SubjectInputProps) {
  const [typed, setTyped] = useState(subject)
  useEffect(() => setTyped(subject), [subject])
  return (
    <input
      className="subject"
      aria-label="Subject"
      value={typed}
      disabled={isDisabled}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => (typed.trim() === '' ? setTyped(subject) : onChange(typed))}
    />
  )
}

function viaText(channel: string): string {
  return (
    { web: 'web form', email: 'email', api: 'API', chat: 'chat', phone: 'phone' }[channel] ??
    channel.replaceAll('_', ' ')
  )
}
