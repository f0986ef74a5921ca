import { Field, Select } from '@zendeskgarden/react-forms'
import type { LifeView } from '../../core/contract/life.ts'
import { SmallHint } from '../form/FormInput.tsx'
import { useText } from '../i18n/text.tsx'
import { useLifeText } from './use-life-text.ts'

type PlaceInputProps = {
  id: string
  label: string
  hint: string | undefined
  error: string | undefined
  queues: LifeView['queues']
  here: { tier: number; queueName: string }
  tier: number | null
  /** Its name, as people call it. */
  queue: string
  onChange: (tier: number | null, queue: string) => void
}

/** A tier, or a queue of it; not the one that has it already. */
export function PlaceInput({ id, label, hint, error, queues, here, tier, queue, onChange }: PlaceInputProps) {
  const text = useText()
  const lifeText = useLifeText()
  const tiers = [...new Set(queues.map((one) => one.tier))].toSorted((a, b) => a - b)
  return (
    <Field id={id}>
      <Field.Label isRegular>{label}</Field.Label>
      {hint && <SmallHint>{hint}</SmallHint>}
      <Select
        isCompact
        value={tier === null ? '' : `${tier}/${queue}`}
        {...(error ? { validation: 'error' as const } : {})}
        onChange={({ target }) => {
          const [, level, name = ''] = /^(\d+)\/(.*)$/s.exec(target.value) ?? []
          onChange(level === undefined ? null : Number(level), name)
        }}
      >
        <option value="">{text('form.choose')}</option>
        {tiers.map((level) => (
          <optgroup key={level} label={`L${level}`}>
            {level !== here.tier && (
              <option value={`${level}/`}>{lifeText('hand-on.place.any', { tier: level })}</option>
            )}
            {queues
              .filter((one) => one.tier === level && !(level === here.tier && one.name === here.queueName))
              .map(({ id: queueId, name }) => (
                <option key={queueId} value={`${level}/${name}`}>
                  {lifeText('hand-on.place.queue', { tier: level, queue: name })}
                </option>
              ))}
          </optgroup>
        ))}
      </Select>
      {error && <Field.Message validation="error">{error}</Field.Message>}
    </Field>
  )
}
