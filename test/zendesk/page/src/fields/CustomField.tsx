import { Checkbox, Field, Input, Textarea } from '@zendeskgarden/react-forms'
import type { ApiField } from '../api/shapes.ts'
import { ChoiceField } from './ChoiceField.tsx'

export type CustomFieldProps = {
  field: ApiField
  value: unknown
  isDisabled: boolean
  onChange: (value: unknown) => void
}

const INPUT_TYPES: Record<string, string> = { integer: 'number', decimal: 'number', date: 'date' }

/** One custom field, drawn by its type. */
export function CustomField({ field, value, isDisabled, onChange }: CustomFieldProps) {
  if (field.type === 'tagger') {
    return (
      <ChoiceField
        label={field.title}
        value={value === null ? null : String(value)}
        choices={(field.custom_field_options ?? []).map((option) => ({ value: option.value, label: option.name }))}
        isDisabled={isDisabled}
        onChange={onChange}
      />
    )
  }
  if (field.type === 'checkbox') {
    return (
      <Field className="field">
        <Checkbox checked={value === true} disabled={isDisabled} onChange={(event) => onChange(event.target.checked)}>
          <Field.Label isRegular>{field.title}</Field.Label>
        </Checkbox>
      </Field>
    )
  }
  const shared = {
    isCompact: true,
    disabled: isDisabled,
    value: Array.isArray(value) ? value.join(', ') : String(value ?? ''),
  }
  return (
    <Field className="field">
      <Field.Label className="field-label" isRegular>
        {field.title}
      </Field.Label>
      {field.type === 'textarea' ? (
        <Textarea {...shared} minRows={2} maxRows={8} onChange={(event) => onChange(event.target.value || null)} />
      ) : (
        <Input
          {...shared}
          type={INPUT_TYPES[field.type] ?? 'text'}
          onChange={(event) => onChange(typedValue(field.type, event.target.value))}
        />
      )}
    </Field>
  )
}

/** What the API wants for what was typed. */
function typedValue(type: string, text: string): unknown {
  if (text === '') return null
  if (type === 'integer' || type === 'decimal') return Number(text)
  if (type === 'multiselect') return text.split(/,\s*/).filter(Boolean)
  return text
}
