import { createPortal } from 'react-dom'
import type { Note } from '../../core/note/note.ts'
import type { SuggestedField } from '../../core/similar/suggest.ts'
import { SimilarCards } from './SimilarCards.tsx'
import { SuggestionChip } from './SuggestionChip.tsx'
import type { SimilarDesk } from './similar-desk.ts'
import { useSimilar } from './use-similar.ts'

type SimilarAreaProps = {
  desk: SimilarDesk
  note: Note
  /** The tier that the preview answers; null before it does. */
  tier: number | null
  /** The id of the place in the form where a field's suggestion is shown. */
  placeOf: (field: SuggestedField) => string
  onUse: (field: 'severity' | 'component', value: string) => void
}

/** Past escalations like the note, here; what they suggest, beside its field elsewhere in the form. */
export function SimilarArea({ desk, note, tier, placeOf, onUse }: SimilarAreaProps) {
  const { api, session } = desk
  const { ticketId } = session
  const { cases, suggestions, say } = useSimilar(api, ticketId, note)
  const written = { ...note.triage, tier: tier === null ? null : String(tier) }

  return (
    <>
      <SimilarCards
        desk={desk}
        cases={cases}
        onNotSame={(escalationId) => say({ ticketId, answer: 'not-same', escalationId })}
      />
      {suggestions.map((suggestion) => {
        const { field, value } = suggestion
        const place = document.getElementById(placeOf(field))
        // Nothing to suggest where it stands already, and no tier before the preview has one.
        if (!place || written[field] === value || (field === 'tier' && tier === null)) return null
        const chip = (
          <SuggestionChip
            suggestion={suggestion}
            onUse={() => {
              if (field !== 'tier') onUse(field, value)
              say({ ticketId, answer: 'taken', field, value })
            }}
            onRefuse={() => say({ ticketId, answer: 'refused', field, value })}
          />
        )
        return createPortal(chip, place, field)
      })}
    </>
  )
}
