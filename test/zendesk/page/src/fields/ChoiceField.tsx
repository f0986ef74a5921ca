import { Combobox, Field, Option } from '@zendeskgarden/react-dropdowns'

export type Choice = { value: string; label: string }

export type ChoiceFieldProps = {
  label: string
  value: string | null
  choices: Choice[]
  isDisabled: boolean
  canClear?: boolean
  onChange: (value: string | null) => void
}

/** Zendesk shows an unset drop-down as a dash. */
const UNSET = '-'

/** A drop-down with one value. */
export function ChoiceField({ label, value, choices, isDisabled, canClear = true, onChange }: ChoiceFieldProps) {
  const options = canClear ? [{ value: UNSET, label: UNSET }, ...choices] : choices
  const labelOf = (wanted: string) => options.find((choice) => choice.value === wanted)?.label ?? wanted
  return (
    <Field className="field">
      <Field.Label className="field-label" isRegular>
        {label}
      </Field.Label>
      <Combobox
        isCompact
        isEditable={false}
        isDisabled={isDisabled}
        listboxAppendToNode={document.body}
        listboxMaxHeight="320px"
        selectionValue={value ?? UNSET}
        renderValue={() => labelOf(value ?? UNSET)}
        onChange={({ selectionValue }) => {
          if (typeof selectionValue === 'string') onChange(selectionValue === UNSET ? null : selectionValue)
        }}
      >
        {options.map((choice) => (
          <Option key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </Combobox>
    </Field>
  )
}
