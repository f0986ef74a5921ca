import { useRef, useState } from 'react'
import type { SimilarCard } from '../../core/contract/similar.ts'
import { useFormats } from '../i18n/text.tsx'
import { Heading, Quiet, Stack } from '../ui/layout.tsx'
import { PastCard } from './PastCard.tsx'
import type { SimilarDesk } from './similar-desk.ts'
import { useSimilarText } from './use-similar-text.ts'

type SimilarCardsProps = { desk: SimilarDesk; cases: readonly SimilarCard[]; onNotSame: (escalationId: string) => void }

/** Past escalations like the one that is written, each with how it ended. They come and go without taking the focus. */
export function SimilarCards({ desk, cases, onNotSame }: SimilarCardsProps) {
  const text = useSimilarText()
  const formats = useFormats()
  const [hidden, setHidden] = useState<string | null>(null)
  const statusRef = useRef<HTMLSpanElement>(null)
  const count = cases.length
  const isShown = count > 0 || hidden !== null

  return (
    <section aria-labelledby={isShown ? 'similar-title' : undefined} hidden={!isShown}>
      <Stack $gap={8}>
        {isShown && <Heading id="similar-title">{text('similar.title')}</Heading>}
        <Quiet role="status" ref={statusRef} tabIndex={-1}>
          {hidden !== null && text('similar.hidden', { id: hidden })}{' '}
          {count > 0 && text(formats.isOne(count) ? 'similar.count.one' : 'similar.count.other', { count })}
        </Quiet>
        {cases.map((card) => (
          <PastCard key={card.escalationId} desk={desk} card={card} onNotSame={() => notSame(card.escalationId)} />
        ))}
      </Stack>
    </section>
  )

  function notSame(id: string) {
    setHidden(id)
    // The button that was pressed is gone with its card.
    statusRef.current?.focus()
    onNotSame(id)
  }
}
