import { Button } from '@zendeskgarden/react-buttons'
import { Skeleton } from '@zendeskgarden/react-loaders'
import { type ComponentType, useCallback, useEffect, useState } from 'react'
import type { ClockExplanation, ClockView } from '../../core/contract/api.ts'
import type { Instant } from '../../core/units.ts'
import { useText } from '../i18n/text.tsx'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/Notice.tsx'
import type { ExplanationTextProps } from './ExplanationText.tsx'

/** Asks the server why a clock's deadline is when it is. */
export type LoadExplanation = (clockId: string) => Promise<ClockExplanation>

type ExplanationProps = { clock: ClockView; name: string; now: Instant; onLoad: LoadExplanation }
type Ready = { Text: ComponentType<ExplanationTextProps>; explanation: ClockExplanation }

/** Why the deadline is when it is, fetched with the code that shows it: most agents never ask. */
export function Explanation({ clock, name, now, onLoad }: ExplanationProps) {
  const text = useText()
  const [ready, setReady] = useState<Ready | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const [tries, setTries] = useState(0)
  const load = useCallback(() => Promise.all([import('./ExplanationText.tsx'), onLoad(clock.id)]), [clock.id, onLoad])

  // Another deadline has another explanation; the old one stays in sight until the new one is there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it was explained for, and the wish to try again
  useEffect(() => {
    let isCurrent = true
    load().then(
      ([{ ExplanationText }, explanation]) => {
        if (isCurrent) setReady({ Text: ExplanationText, explanation })
      },
      () => {
        if (isCurrent) setHasFailed(true)
      },
    )
    return () => {
      isCurrent = false
    }
  }, [load, clock.deadline, clock.state, clock.targetMs, tries])

  if (hasFailed) {
    return (
      <Notice kind="error" title={text('explain.failed')}>
        <Button
          size="small"
          onClick={() => {
            setHasFailed(false)
            setTries(tries + 1)
          }}
        >
          {text('explain.retry')}
        </Button>
      </Notice>
    )
  }
  if (!ready) {
    return (
      <div role="status" aria-label={text('explain.loading')} aria-busy="true">
        <Stack $gap={6} aria-hidden="true">
          <Skeleton width="90%" height="16px" />
          <Skeleton width="70%" height="16px" />
        </Stack>
      </div>
    )
  }
  return <ready.Text name={name} explanation={ready.explanation} now={now} />
}
