import { Button } from '@zendeskgarden/react-buttons'
import type { SuggestionView } from '../../core/contract/similar.ts'
import { Quiet, Row } from '../ui/layout.tsx'
import { Pill } from '../ui/Pill.tsx'
import { useSimilarText } from './use-similar-text.ts'

type SuggestionChipProps = { suggestion: SuggestionView; onUse: () => void; onRefuse: () => void }

/** What past escalations speak for, beside its field. It is the agent who fills it in. */
export function SuggestionChip({ suggestion, onUse, onRefuse }: SuggestionChipProps) {
  const text = useSimilarText()
  const { field, name, agreeing, looked } = suggestion
  const evidence = text('chip.evidence', { count: agreeing.length, looked })
  if (field === 'tier') return <Quiet>{text('chip.tier', { name, evidence })}</Quiet>
  return (
    <Row $gap={6}>
      <Pill>{text('chip.text', { name })}</Pill>
      <Quiet title={agreeing.join(', ')}>{evidence}</Quiet>
      <Button isLink size="small" aria-label={text('chip.use.label', { name })} onClick={onUse}>
        {text('chip.use')}
      </Button>
      <Button isLink size="small" aria-label={text('chip.no.label', { name })} onClick={onRefuse}>
        {text('chip.no')}
      </Button>
    </Row>
  )
}
