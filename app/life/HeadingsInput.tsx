import { Checkbox, Field, Fieldset } from '@zendeskgarden/react-forms'
import { styled } from 'styled-components'
import { NOTE_FIELDS } from '../../core/note/fields.ts'
import { useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Quiet } from '../ui/layout.tsx'
import { useLifeText } from './use-life-text.ts'

type HeadingsInputProps = {
  id: string
  label: string
  hint: string | undefined
  error: string | undefined
  /** Headings of the note, as its comment has them. */
  value: string[]
  onChange: (value: string[]) => void
}

const FIELDS = NOTE_FIELDS.filter(({ group }) => group !== 'handover')
/** What fills itself in, or the policy finds out by itself, is seldom what somebody has to ask for. */
const SELDOM = FIELDS.filter(({ group }) => group === 'customer-context' || group === 'triage')
const OFTEN = FIELDS.filter((field) => !SELDOM.includes(field))

/** Some of the headings of the note. */
export function HeadingsInput({ id, label, hint, error, value, onChange }: HeadingsInputProps) {
  const text = useText()
  const lifeText = useLifeText()
  return (
    <Fieldset id={id} tabIndex={-1} isCompact aria-describedby={error ? `${id}-error` : undefined}>
      <Fieldset.Legend>{label}</Fieldset.Legend>
      {hint && <Quiet>{hint}</Quiet>}
      {choicesOf(OFTEN)}
      <Disclosure summary={lifeText('headings.more')} isOpen={SELDOM.some(({ heading }) => value.includes(heading))}>
        {choicesOf(SELDOM)}
      </Disclosure>
      {error && (
        <Field.Message id={`${id}-error`} validation="error">
          {error}
        </Field.Message>
      )}
    </Fieldset>
  )

  function choicesOf(fields: typeof FIELDS) {
    return (
      <Choices>
        {fields.map(({ path, heading }) => (
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
    )
  }
}

const Choices = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(100px, 1fr));
  gap: 2px 8px;
`
