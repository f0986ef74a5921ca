import type { MeasureDefinition, MeasureValue } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Facts } from '../../ui/layout.tsx'
import { useDeskText } from '../use-desk-text.ts'
import type { Window } from '../view/window.ts'
import { useDays } from './use-days.ts'
import { useDefinition } from './use-definition.ts'

type AboutMeasureProps = { definition: MeasureDefinition; value: MeasureValue | undefined; window: Window }

/** What a figure is of, so that two people mean the same by it. */
export function AboutMeasure({ definition, value, window }: AboutMeasureProps) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const said = useDefinition(definition)
  return (
    <Facts>
      <dt>{text('about.definition')}</dt>
      <dd>{said.definition}</dd>
      <dt>{text('about.window')}</dt>
      <dd>
        {days.window(window)}. {said.window}
      </dd>
      {said.denominator && (
        <>
          <dt>{text('about.denominator')}</dt>
          <dd>{said.denominator}</dd>
        </>
      )}
      {said.exclusions && (
        <>
          <dt>{text('about.exclusions')}</dt>
          <dd>{said.exclusions}</dd>
        </>
      )}
      {value?.excluded.map(({ why, count }) => (
        <Excluded key={why} why={why} count={formats.number(count)} />
      ))}
    </Facts>
  )
}

function Excluded({ why, count }: { why: string; count: string }) {
  return (
    <>
      <dt>{count}</dt>
      <dd>{why}</dd>
    </>
  )
}
