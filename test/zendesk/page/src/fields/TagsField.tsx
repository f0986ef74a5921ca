import { type KeyboardEvent, useId, useState } from 'react'
import { Icon } from '../theme/Icon.tsx'
import type { TicketStore } from '../ticket/ticket-store.ts'

export type TagsFieldProps = { store: TicketStore; tags: string[]; isDisabled: boolean }

/** Tags: type and press Enter, Space or comma to add one, Backspace in the empty box to take the last away. */
export function TagsField({ store, tags, isDisabled }: TagsFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState('')

  function add() {
    if (typed.trim() !== '') store.addTags([typed])
    setTyped('')
  }

  function handleKey(event: KeyboardEvent) {
    if (['Enter', ' ', ','].includes(event.key)) {
      event.preventDefault()
      add()
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) {
      store.removeTags([tags.at(-1)!])
    }
  }

  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        Tags
      </label>
      <div className="tags-box" data-disabled={isDisabled}>
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
            {!isDisabled && (
              <button
                type="button"
                className="tag-remove"
                aria-label={`Remove tag ${tag}`}
                onClick={() => store.removeTags([tag])}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </span>
        ))}
        <input
          id={id}
          value={typed}
          disabled={isDisabled}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={handleKey}
          onBlur={add}
        />
      </div>
    </div>
  )
}
