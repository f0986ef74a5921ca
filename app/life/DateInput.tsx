import { Field, Input } from '@zendeskgarden/react-forms'
import { useState } from 'react'
import { SmallHint } from '../form/FormInput.tsx'
import { useFormats } from '../i18n/text.tsx'
import { useLifeText } from './use-life-text.ts'
import { wallOf, writeWall } from './zoned-time.ts'

type DateInputProps = {
  id: string
  label: string
  hint: string | undefined
  error: string | undefined
  /** A day without a time. */
  isDay?: boolean
  /** As it stands in the comment. */
  value: string
  onChange: (value: string) => void
}

/** A date, or a date and a time in the agent's time zone, with the browser's own picker. */
export function DateInput({ id, label, hint, error, isDay = false, value, onChange }: DateInputProps) {
  const text = useLifeText()
  const { timeZone } = useFormats()
  // What is half typed is no date yet, and must not be wiped by what it is not.
  const [typed, setTyped] = useState(isDay ? value : wallOf(value, timeZone))
  return (
    <Field id={id}>
      <Field.Label isRegular>{label}</Field.Label>
      <SmallHint>
        {[hint, isDay ? null : text('form.zone', { zone: timeZone.replaceAll('_', ' ') })].filter(Boolean).join(' · ')}
      </SmallHint>
      <Input
        isCompact
        type={isDay ? 'date' : 'datetime-local'}
        value={typed}
        {...(error ? { validation: 'error' as const } : {})}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(isDay ? event.target.value : writeWall(event.target.value, timeZone))
        }}
      />
      {error && <Field.Message validation="error">{error}</Field.Message>}
    </Field>
  )
}
