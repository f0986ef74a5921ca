import { Button } from '@zendeskgarden/react-buttons'
import { useState } from 'react'
import { styled } from 'styled-components'
import type { TimelineEntry } from '../../core/contract/api.ts'
import { counted, useFormats, useText } from '../i18n/text.tsx'
import { Quiet, Stack } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'

/** The story of the ticket, newest first: who, what, when. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const formats = useFormats()
  const now = useNow()
  const text = useText()
  const [showsNotices, setShowsNotices] = useState(false)
  // Of what happened at one instant the last comes first too.
  const notices = entries.filter(isNotice)
  const shown = showsNotices ? entries : entries.filter((entry) => !isNotice(entry))
  const newestFirst = shown.toReversed().toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return (
    <Stack $gap={8}>
      <List>
        {newestFirst.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two entries may be equal in all they say
          <li key={`${entry.at} ${entry.kind} ${index}`}>
            <div>{entry.text}</div>
            <Quiet>
              <time dateTime={entry.at}>{formats.time(entry.at, now)}</time>
              {entry.by && ` · ${entry.by.name}`}
            </Quiet>
          </li>
        ))}
      </List>
      {notices.length > 0 && (
        <div>
          <Button isLink size="small" aria-expanded={showsNotices} onClick={() => setShowsNotices(!showsNotices)}>
            {showsNotices ? text('timeline.without') : counted(text, formats, 'timeline.notices', notices.length)}
          </Button>
        </div>
      )}
    </Stack>
  )
}

/** Whom it was told to is worth knowing, and would bury what people did; that it failed is news. */
function isNotice({ kind }: TimelineEntry): boolean {
  return kind.startsWith('notice-') && kind !== 'notice-failed'
}

const List = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 8px;
  margin: 0;
  padding: 0;
  list-style: none;
`
