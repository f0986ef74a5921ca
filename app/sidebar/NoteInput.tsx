import { type FieldPath, type FieldValue, fieldAt, readField } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import { FormInput, inputIdIn, type Option } from '../form/FormInput.tsx'
import { useText } from '../i18n/text.tsx'
import type { DraftEditor } from './use-draft.ts'

type NoteInputProps = {
  path: FieldPath
  editor: DraftEditor<Note>
  hint?: string
  /** Makes the field a choice. */
  options?: Option[]
  minRows?: number
  /** Fields that hold more than a note may carry. */
  tooLong: string[]
  /** Somebody asked for it. */
  isMissing: boolean
}

/** One field of the note. Marked while it still says what the ticket said. */
export function NoteInput({ path, editor, hint, options, minRows, tooLong, isMissing }: NoteInputProps) {
  const text = useText()
  const value = readField(editor.draft.written, path) as FieldValue
  const count = Array.isArray(value) ? value.join('\n').length : String(value ?? '').length
  return (
    <FormInput
      id={fieldId(path)}
      kind={fieldAt(path).kind}
      label={text(`field.${path}`)}
      hint={hint}
      mark={
        isMissing ? text('packet.missing') : editor.draft.prefilled.includes(path) ? text('form.prefilled') : undefined
      }
      options={options}
      minRows={minRows}
      step={path === 'triage.affected_customers' ? 1 : 'any'}
      value={value}
      error={tooLong.includes(path) ? text('form.tooLong', { count }) : undefined}
      onChange={(written) => editor.setField(path, written)}
    />
  )
}

export function inputId(path: FieldPath): string {
  return inputIdIn(fieldId(path))
}

function fieldId(path: FieldPath): string {
  return `note-${path.replaceAll('.', '-').replaceAll('_', '-')}`
}
