import { styled } from 'styled-components'
import type { TimelineEntry } from '../../core/contract/api.ts'
import { useFormats } from '../i18n/text.tsx'
import { Quiet } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'

/** The story of the ticket, newest first: who, what, when. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const formats = useFormats()
  const now = useNow()
  // Of what happened at one instant the last comes first too.
  const newestFirst = entries.toReversed().toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return (
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
  )
}

const List = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 8px;
  margin: 0;
  padding: 0;
  list-style: none;
`
