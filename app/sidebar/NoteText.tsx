import { styled } from 'styled-components'
import { type FieldValue, NOTE_FIELDS, readField } from '../../core/note/fields.ts'
import type { Note } from '../../core/note/note.ts'
import { type Text, useText } from '../i18n/text.tsx'
import { Quiet } from '../ui/layout.tsx'
import { isBlank } from './forms.ts'

/** The note as it was sent, to read. */
export function NoteText({ note }: { note: Note }) {
  const text = useText()
  const written = NOTE_FIELDS.filter(({ path, group }) => group !== 'handover' && !isBlank(readField(note, path)))
  return (
    <List>
      {written.map(({ path }) => (
        <div key={path}>
          <Quiet as="dt">{text(`field.${path}`)}</Quiet>
          <dd>{shownValue(readField(note, path), text)}</dd>
        </div>
      ))}
    </List>
  )
}

export function shownValue(value: FieldValue, text: Text): string {
  if (Array.isArray(value)) return value.join('\n')
  if (typeof value === 'boolean') return text(value ? 'form.yes' : 'form.no')
  return String(value)
}

const List = styled.dl`
  display: flex;
  flex-direction: column;
  gap: 6px;
  margin: 0;

  dd {
    margin: 0;
    white-space: pre-wrap;
  }
`
