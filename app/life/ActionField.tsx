import type { CommandName } from '../../core/command/forms.ts'
import type { LifeView } from '../../core/contract/life.ts'
import { type FieldValue, type FormField, valueAt } from '../../core/form/form.ts'
import { FormInput, type Option } from '../form/FormInput.tsx'
import { useText } from '../i18n/text.tsx'
import { DateInput } from './DateInput.tsx'
import { shapeOf } from './form-rules.ts'
import { HeadingsInput } from './HeadingsInput.tsx'
import { PlaceInput } from './PlaceInput.tsx'
import { lifeTextOr, useLifeText } from './use-life-text.ts'

type ActionFieldProps = {
  command: CommandName
  field: FormField
  answer: unknown
  queues: LifeView['queues']
  /** Where it is now. */
  here: { tier: number; queueName: string }
  error: string | undefined
  onChange: (path: string, value: FieldValue) => void
}

/** One field of a command, in the shape that its form and its meaning ask for. */
export function ActionField({ command, field, answer, queues, here, error, onChange }: ActionFieldProps) {
  const text = useText()
  const lifeText = useLifeText()
  const { path, kind } = field
  const value = valueAt(answer, path)
  const hint = lifeTextOr(lifeText, `${command}.${path}.hint`) || undefined
  const shared = { id: fieldId(command, path), label: labelOf(), hint, error }
  const change = (written: FieldValue) => onChange(path, written)

  switch (shapeOf(command, path)) {
    case 'day':
      return <DateInput {...shared} isDay value={String(value)} onChange={change} />
    case 'moment':
      return <DateInput {...shared} value={String(value)} onChange={change} />
    case 'headings':
      return <HeadingsInput {...shared} value={value as string[]} onChange={change} />
    case 'place':
      return (
        <PlaceInput
          {...shared}
          queues={queues}
          here={here}
          tier={valueAt(answer, 'tier') as number | null}
          queue={value as string}
          onChange={(tier, queue) => {
            onChange('tier', tier)
            onChange('queue', queue)
          }}
        />
      )
    default:
      return <FormInput {...shared} kind={kind} options={optionsOf()} value={value} onChange={change} />
  }

  function labelOf(): string {
    return lifeTextOr(lifeText, `${command}.${path === 'queue' ? 'place' : path}`, field.heading)
  }

  function optionsOf(): Option[] | undefined {
    if (field.choices) {
      return field.choices.map((choice) => ({
        value: choice,
        label: lifeTextOr(lifeText, `${command}.${path}.${choice}`, choice.replaceAll('_', ' ')),
      }))
    }
    if (kind !== 'boolean') return undefined
    return [
      { value: 'true', label: text('form.yes') },
      { value: 'false', label: text('form.no') },
    ]
  }
}

export function fieldId(command: CommandName, path: string): string {
  return `${command}-${path.replaceAll('_', '-')}`
}
