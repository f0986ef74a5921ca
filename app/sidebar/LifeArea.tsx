import { Button } from '@zendeskgarden/react-buttons'
import { Skeleton } from '@zendeskgarden/react-loaders'
import { useText } from '../i18n/text.tsx'
import type { LifeDesk } from '../life/desk.ts'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { LifeQuery } from './use-life.ts'

/** What this person can do, or that it is on its way, or that it did not come. */
export function LifeArea({ desk, query: { parts, hasFailed, retry } }: { desk: LifeDesk; query: LifeQuery }) {
  const text = useText()
  if (parts) return <parts.Life desk={desk} />
  if (hasFailed) {
    return (
      <Notice kind="error" title={text('life.failed')}>
        <Stack $gap={8}>
          {text('life.failed.text')}
          <div>
            <Button size="small" onClick={retry}>
              {text('explain.retry')}
            </Button>
          </div>
        </Stack>
      </Notice>
    )
  }
  return (
    <div role="status" aria-label={text('life.loading')} aria-busy="true">
      <Stack $gap={8} aria-hidden="true">
        <Skeleton width="40%" height="20px" />
        <Skeleton width="75%" height="32px" />
        <Skeleton width="100%" height="96px" />
      </Stack>
    </div>
  )
}
