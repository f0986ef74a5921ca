import { Checkbox, Field, Fieldset } from '@zendeskgarden/react-forms'
import { styled } from 'styled-components'
import { NOTE_FIELDS } from '../../core/note/fields.ts'
import { useText } from '../i18n/text.tsx'
import { Quiet } from '../ui/layout.tsx'

type HeadingsInputProps = {
  id: string
  label: string
  hint: string | undefined
  error: string | undefined
  /** Headings of the note, as its comment has them. */
  value: string[]
  onChange: (value: string[]) => void
}

const ASKED_FOR = NOTE_FIELDS.filter(({ group }) => group !== 'handover')

/** Some of the headings of the note. */
export function HeadingsInput({ id, label, hint, error, value, onChange }: HeadingsInputProps) {
  const text = useText()
  return (
    <Fieldset id={id} tabIndex={-1} isCompact aria-describedby={error ? `${id}-error` : undefined}>
      <Fieldset.Legend>{label}</Fieldset.Legend>
      {hint && <Quiet>{hint}</Quiet>}
      <Choices>
        {ASKED_FOR.map(({ path, heading }) => (
          <Field key={path}>
            <Checkbox
              checked={value.includes(heading)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, heading] : value.filter((one) => one !== heading))
              }
            >
              <Field.Label isRegular>{text(`field.${path}`)}</Field.Label>
            </Checkbox>
          </Field>
        ))}
      </Choices>
      {error && (
        <Field.Message id={`${id}-error`} validation="error">
          {error}
        </Field.Message>
      )}
    </Fieldset>
  )
}

const Choices = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(120px, 1fr));
  gap: 2px 8px;
`
