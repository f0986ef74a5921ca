import { Field, Input, Select, Textarea } from '@zendeskgarden/react-forms'
import type { ReactNode } from 'react'
import { styled } from 'styled-components'
import type { FieldKind, FieldValue } from '../../core/form/form.ts'
import { useText } from '../i18n/text.tsx'
import { Pill } from '../ui/Pill.tsx'

export type Option = { value: string; label: string }

export type FormInputProps = {
  /** Of the field; the control within it is `inputIdIn` of this. */
  id: string
  kind: FieldKind
  label: string
  hint?: string | undefined
  /** A word beside the label. */
  mark?: string | undefined
  /** Makes the field a choice. */
  options?: readonly Option[] | undefined
  minRows?: number | undefined
  /** Of a number. */
  step?: number | 'any' | undefined
  value: FieldValue
  error?: string | undefined
  onChange: (value: FieldValue) => void
}

/** One field of a form, in the shape its kind asks for. */
export function FormInput(props: FormInputProps) {
  const { id, kind, label, hint, mark, options, minRows = 2, step = 'any', value, error, onChange } = props
  const text = useText()
  const shown = shownValue(value)
  const shared = { isCompact: true, value: shown, ...(error ? { validation: 'error' as const } : {}) }
  const change = (written: string) => onChange(fromWritten(written, kind))

  return (
    <Field id={id}>
      <LabelRow>
        <Field.Label isRegular>{label}</Field.Label>
        {mark && <Pill>{mark}</Pill>}
      </LabelRow>
      {hint && <SmallHint>{hint}</SmallHint>}
      {control()}
      {error && <Field.Message validation="error">{error}</Field.Message>}
    </Field>
  )

  function control(): ReactNode {
    if (options) {
      const isKnown = shown === '' || options.some((option) => option.value === shown)
      return (
        <Select {...shared} onChange={(event) => change(event.target.value)}>
          <option value="">{text('form.choose')}</option>
          {!isKnown && <option value={shown}>{shown}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )
    }
    if (kind === 'long' || kind === 'lines') {
      return <GrowingTextarea {...shared} isResizable rows={minRows} onChange={(event) => change(event.target.value)} />
    }
    if (kind === 'number' || kind === 'percent') {
      return (
        <Input
          {...shared}
          type="number"
          inputMode="decimal"
          min={0}
          {...(kind === 'percent' ? { max: 100 } : {})}
          step={step}
          onChange={(event) => change(event.target.value)}
        />
      )
    }
    return <Input {...shared} onChange={(event) => change(event.target.value)} />
  }
}

/** The id Garden gives the control within a field. */
export function inputIdIn(fieldId: string): string {
  return `${fieldId}--input`
}

function shownValue(value: FieldValue): string {
  if (Array.isArray(value)) return value.join('\n')
  return value === null ? '' : String(value)
}

function fromWritten(written: string, kind: FieldKind): FieldValue {
  if (kind === 'lines') return written === '' ? [] : written.split('\n')
  if (kind === 'number' || kind === 'percent') {
    const number = Number(written)
    if (written.trim() === '' || !Number.isFinite(number)) return null
    return Math.max(0, kind === 'percent' ? Math.min(100, number) : number)
  }
  if (kind === 'boolean') return written === '' ? null : written === 'true'
  return kind === 'choice' && written === '' ? null : written
}

const LabelRow = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 2px 8px;
`

export const SmallHint = styled(Field.Hint)`
  && {
    font-size: 12px;
    line-height: 16px;
  }
`

/** Grows with its text where the browser can (`field-sizing`); elsewhere it scrolls and can be pulled larger. */
const GrowingTextarea = styled(Textarea)`
  && {
    field-sizing: content;
    min-height: calc(${({ rows = 2 }) => rows} * 20px + 14px);
    max-height: 260px;
  }
`
