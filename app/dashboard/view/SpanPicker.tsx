import { useFormats } from '../../i18n/text.tsx'
import { wallAt } from '../../life/zoned-time.ts'
import { Quiet } from '../../ui/layout.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useDays } from '../tile/use-days.ts'
import { useDeskText } from '../use-desk-text.ts'
import { DateField, Press, Select } from './controls.ts'
import { useView } from './use-view.ts'
import { useWindow } from './use-window.ts'
import { PRESETS, type Span } from './view.ts'
import { plusDays } from './window.ts'

/** Of when: so many weeks up to now, or from one day to another; against the time before, or alone. */
export function SpanPicker() {
  const text = useDeskText()
  const { view, go } = useView()
  const window = useWindow()
  const days = useDays()
  const { timeZone } = useFormats()
  const now = useNow()
  const { span } = view
  const isOwn = !('weeks' in span)
  const weeks = isOwn || (PRESETS as readonly number[]).includes(span.weeks) ? PRESETS : [...PRESETS, span.weeks]

  function choose(value: string) {
    const today = wallAt(now, timeZone).slice(0, 10)
    go({ span: value === 'own' ? { from: plusDays(today, -27), to: today } : { weeks: Number(value) } }, 'quietly')
  }

  function set(changes: Partial<Extract<Span, { from: string }>>) {
    if (!isOwn) return
    const next = { ...span, ...changes }
    if (next.from !== '' && next.to !== '')
      go({ span: next.from <= next.to ? next : { from: next.to, to: next.from } }, 'quietly')
  }

  return (
    <>
      <Select
        aria-label={text('span.label')}
        value={isOwn ? 'own' : String(span.weeks)}
        onChange={(event) => choose(event.target.value)}
      >
        {weeks.map((count) => (
          <option key={count} value={count}>
            {text('span.weeks', { count })}
          </option>
        ))}
        <option value="own">{text('span.own')}</option>
      </Select>
      {isOwn ? (
        <>
          <DateField
            aria-label={text('span.from')}
            type="date"
            value={span.from}
            onChange={(event) => set({ from: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <DateField
            aria-label={text('span.to')}
            type="date"
            value={span.to}
            onChange={(event) => set({ to: event.target.value })}
          />
        </>
      ) : (
        <Quiet>{days.window(window)}</Quiet>
      )}
      <Press type="button" aria-pressed={view.compares} onClick={() => go({ compares: !view.compares }, 'quietly')}>
        {text('span.compare')}
      </Press>
    </>
  )
}
