import type { ClockView } from '../../core/contract/api.ts'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import { counted, useFormats, useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Box, Stack } from '../ui/layout.tsx'
import { useNow } from '../ui/use-now.ts'
import { ClockLine } from './ClockLine.tsx'
import type { LoadExplanation } from './Explanation.tsx'

type ClocksProps = { clocks: readonly ClockView[]; asOf: Instant; onExplain: LoadExplanation }

/** The clock that needs looking at first; the others are one line below. They count down by themselves. */
export function Clocks({ clocks, asOf, onExplain }: ClocksProps) {
  const text = useText()
  const formats = useFormats()
  const now = useNow(SECOND_MS)
  const [nearest, ...others] = clocks
  if (!nearest) return null
  return (
    <Box aria-label={text('clock.title')}>
      <Stack $gap={8}>
        {lineOf(nearest)}
        {others.length > 0 && (
          <Disclosure summary={counted(text, formats, 'clock.more', others.length)}>
            <Stack $gap={12}>{others.map(lineOf)}</Stack>
          </Disclosure>
        )}
      </Stack>
    </Box>
  )

  function lineOf(clock: ClockView) {
    return <ClockLine key={clock.id} clock={clock} asOf={asOf} now={now} onExplain={onExplain} />
  }
}
