import { getColor } from '@zendeskgarden/react-theming'
import { useId, useRef, useState } from 'react'
import { styled } from 'styled-components'
import { Choices } from '../../../core/contract/desk.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Textual } from '../report/Textual.tsx'
import { useDeskText } from '../use-desk-text.ts'
import { Press } from './controls.ts'
import { useView } from './use-view.ts'
import { NARROWING } from './view.ts'

/** Of what: tiers, queues, components, severities, customers. What is chosen stands beside it, each with a way out. */
export function FilterBar() {
  const text = useDeskText()
  const id = useId()
  const { view, go } = useView()
  const reading = useAnswer('/desk/choices', Choices)
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const choices = reading.state === 'ready' ? reading.value : null
  const chosen = NARROWING.flatMap((name) => (view.filters[name] ?? []).map((value) => ({ name, value })))

  function set(name: (typeof NARROWING)[number], value: string, isOn: boolean) {
    const others = (view.filters[name] ?? []).filter((one) => one !== value)
    const { [name]: _, ...rest } = view.filters
    const values = isOn ? [...others, value] : others
    go({ filters: values.length > 0 ? { ...rest, [name]: values } : rest }, 'quietly')
  }

  function close() {
    setOpen(false)
    button.current?.focus()
  }

  return (
    <>
      <Press ref={button} type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        {chosen.length === 0 ? text('filter.button') : text('filter.button.some', { count: chosen.length })}
      </Press>
      {chosen.map(({ name, value }) => {
        const label = choices?.[name].find((choice) => choice.value === value)?.name ?? value
        return (
          <Press
            key={`${name} ${value}`}
            type="button"
            aria-label={text('filter.remove', { name: label })}
            onClick={() => set(name, value, false)}
          >
            {label} <span aria-hidden="true">×</span>
          </Press>
        )
      })}
      {chosen.length > 0 && (
        <Textual type="button" onClick={() => go({ filters: {} }, 'quietly')}>
          {text('filter.clear')}
        </Textual>
      )}
      <Groups id={id} hidden={!isOpen} onKeyDown={(event) => event.key === 'Escape' && close()}>
        {choices &&
          NARROWING.filter((name) => choices[name].length > 0).map((name) => (
            <fieldset key={name}>
              <legend>{text(`column.${name}`)}</legend>
              {choices[name].map(({ value, name: label }) => (
                <label key={value}>
                  <input
                    type="checkbox"
                    checked={view.filters[name]?.includes(value) ?? false}
                    onChange={(event) => set(name, value, event.target.checked)}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          ))}
        <div>
          <Press type="button" onClick={close}>
            {text('filter.close')}
          </Press>
        </div>
      </Groups>
    </>
  )
}

const Groups = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 180px), 1fr));
  gap: 12px 20px;
  width: 100%;
  padding: 12px;
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.default' })};
  border-radius: ${({ theme }) => theme.borderRadii.md};

  &[hidden] {
    display: none;
  }

  fieldset {
    display: flex;
    flex-direction: column;
    gap: 2px;
    max-height: 220px;
    margin: 0;
    padding: 0;
    overflow-y: auto;
    border: 0;
  }

  legend {
    padding: 0 0 4px;
    font-weight: 600;
  }

  label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
  }
`
