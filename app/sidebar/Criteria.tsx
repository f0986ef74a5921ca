import { useState } from 'react'
import type { Form } from '../../core/contract/api.ts'
import { useText } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { PlainList, Quiet, Stack } from '../ui/layout.tsx'

/** "Is this yours?": when to hand over, and which tier does what. */
export function Criteria({ tiers }: { tiers: Form['tiers'] }) {
  const text = useText()
  const [isOpen] = useState(() => !isKnown())
  const [own, ...next] = [...tiers].sort((one, other) => one.level - other.level)
  if (!own || (own.criteria.length === 0 && own.capabilities.length === 0)) return null

  return (
    <Disclosure summary={<strong>{text('criteria.title')}</strong>} isOpen={isOpen} onToggle={rememberIfKnown}>
      <Stack $gap={6}>
        {own.criteria.length > 0 && (
          <div>
            <Quiet>{text('criteria.escalate')}</Quiet>
            <PlainList>
              {own.criteria.map((criterion) => (
                <li key={criterion}>{criterion}</li>
              ))}
            </PlainList>
          </div>
        )}
        <Disclosure summary={text('criteria.who')}>
          <PlainList>
            {[own, ...next].map(({ level, name, capabilities }) => (
              <li key={level}>
                L{level} {name}
                {capabilities.length > 0 && <Quiet>: {capabilities.map(readable).join(', ')}</Quiet>}
              </li>
            ))}
          </PlainList>
        </Disclosure>
      </Stack>
    </Disclosure>
  )
}

/** Policies name capabilities as words joined by underscores. */
function readable(word: string): string {
  return word.replaceAll('_', ' ')
}

/** Whoever folded the criteria once knows them; they stay one click away. */
const SLOT = 'baton:criteria-known'

function isKnown(): boolean {
  try {
    return localStorage.getItem(SLOT) !== null
  } catch {
    return false
  }
}

function rememberIfKnown(isOpen: boolean): void {
  try {
    if (isOpen) localStorage.removeItem(SLOT)
    else localStorage.setItem(SLOT, '1')
  } catch {
    // Without storage they are shown again next time.
  }
}
