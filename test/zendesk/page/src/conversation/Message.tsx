import { Avatar } from '@zendeskgarden/react-avatars'
import { useLayoutEffect, useRef } from 'react'
import type { ApiComment, ApiUser } from '../api/shapes.ts'
import { Icon } from '../theme/Icon.tsx'
import { initials, longTime, shortTime } from '../theme/text.ts'
import { Attachments } from './Attachments.tsx'
import { safeFragment } from './safe-html.ts'

export type MessageProps = { comment: ApiComment; author: ApiUser | undefined; requester: ApiUser | undefined }

/** One comment. Internal notes are yellow, so that nobody takes one for a reply. */
export function Message({ comment, author, requester }: MessageProps) {
  const name = author?.name ?? (comment.author_id === -1 ? 'System' : 'Unknown')
  const isAgent = author?.role === 'agent' || author?.role === 'admin'
  return (
    <article className="message" data-internal={!comment.public} data-agent={isAgent}>
      <Avatar size="small" backgroundColor={isAgent ? '#17494d' : '#68737d'}>
        <Avatar.Text>{initials(name)}</Avatar.Text>
      </Avatar>
      <div className="message-main">
        <header>
          <span className="message-author">{name}</span>
          {comment.public ? (
            isAgent && requester && <span className="message-to">To {requester.name}</span>
          ) : (
            <span className="message-kind">
              <Icon name="lock" size={12} /> Internal
            </span>
          )}
          <time dateTime={comment.created_at} title={longTime(comment.created_at)}>
            {shortTime(comment.created_at)}
          </time>
        </header>
        <Body html={comment.html_body} />
        <Attachments attachments={comment.attachments} />
      </div>
    </article>
  )
}

function Body({ html }: { html: string }) {
  const body = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => body.current?.replaceChildren(safeFragment(html)), [html])
  return <div ref={body} className="rich-text" dir="auto" />
}
