import { Field, Input, Select, Textarea } from '@zendeskgarden/react-forms'
import type { ReactNode } from 'react'
import { styled } from 'styled-components'
import { type FieldPath, type FieldValue, fieldAt, readField } from '../../core/note/fields.ts'
import { useText } from '../i18n/text.tsx'
import { Pill } from '../ui/Pill.tsx'
import type { DraftEditor } from './use-draft.ts'

export type Option = { value: string; label: string }

type NoteInputProps = {
  path: FieldPath
  editor: DraftEditor
  hint?: string
  /** Makes the field a choice. */
  options?: Option[]
  minRows?: number
  /** Fields that hold more than a note may carry. */
  tooLong: FieldPath[]
}

/** One field of the note, in the form its kind asks for. Marked while it still says what the ticket said. */
export function NoteInput({ path, editor, hint, options, minRows = 2, tooLong }: NoteInputProps) {
  const text = useText()
  const value = readField(editor.draft.note, path) as FieldValue
  const { kind } = fieldAt(path)
  const shown = shownValue(value)
  const isTooLong = tooLong.includes(path)
  const shared = {
    isCompact: true,
    value: shown,
    ...(isTooLong ? { validation: 'error' as const } : {}),
  }
  const change = (written: string) => editor.setField(path, fromWritten(written, kind))

  return (
    <Field id={fieldId(path)}>
      <LabelRow>
        <Field.Label isRegular>{text(`field.${path}`)}</Field.Label>
        {editor.draft.prefilled.includes(path) && <Pill>{text('form.prefilled')}</Pill>}
      </LabelRow>
      {hint && <SmallHint>{hint}</SmallHint>}
      {control()}
      {isTooLong && <Field.Message validation="error">{text('form.tooLong', { count: shown.length })}</Field.Message>}
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
          step={path === 'triage.affected_customers' ? 1 : 'any'}
          onChange={(event) => change(event.target.value)}
        />
      )
    }
    return <Input {...shared} onChange={(event) => change(event.target.value)} />
  }
}

/** The id Garden gives the control within the field. */
export function inputId(path: FieldPath): string {
  return `${fieldId(path)}--input`
}

function fieldId(path: FieldPath): string {
  return `note-${path.replaceAll('.', '-').replaceAll('_', '-')}`
}

function shownValue(value: FieldValue): string {
  if (Array.isArray(value)) return value.join('\n')
  return value === null ? '' : String(value)
}

function fromWritten(written: string, kind: ReturnType<typeof fieldAt>['kind']): FieldValue {
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

const SmallHint = styled(Field.Hint)`
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
