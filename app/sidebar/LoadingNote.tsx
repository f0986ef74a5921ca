import { Skeleton } from '@zendeskgarden/react-loaders'
import { useText } from '../i18n/text.tsx'
import { Stack } from '../ui/layout.tsx'

const ROWS = [
  ['40%', 36],
  ['30%', 72],
  ['35%', 72],
] as const

/** The shape of the note, until there is one. */
export function LoadingNote() {
  const text = useText()
  return (
    <div role="status" aria-label={text('app.loading')} aria-busy="true">
      <Stack aria-hidden="true">
        <Skeleton width="60%" height="24px" />
        {ROWS.map(([width, height]) => (
          <Stack $gap={6} key={width}>
            <Skeleton width={width} height="16px" />
            <Skeleton width="100%" height={`${height}px`} />
          </Stack>
        ))}
      </Stack>
    </div>
  )
}
