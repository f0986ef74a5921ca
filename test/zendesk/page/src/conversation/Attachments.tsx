import type { ApiAttachment } from '../api/shapes.ts'
import { Icon } from '../theme/Icon.tsx'
import { fileSize } from '../theme/text.ts'

/** The files of a comment. */
export function Attachments({ attachments }: { attachments: ApiAttachment[] }) {
  if (attachments.length === 0) return null
  return (
    <ul className="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <a href={attachment.content_url} target="_blank" rel="noreferrer">
            <Icon name="file" />
            <span className="attachment-name">{attachment.file_name}</span>
            <span className="attachment-size">{fileSize(attachment.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
