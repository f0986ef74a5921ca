import type { MeasureDefinition, MeasureId } from '../../../core/contract/report.ts'
import { useLanguage } from '../../i18n/text.tsx'
import { germanMeasures } from '../texts/de-measures.ts'

type Said = Pick<MeasureDefinition, 'title' | 'definition' | 'window' | 'denominator' | 'exclusions'>

/** A measure in the language of whoever reads it. */
export function useDefinition(definition: MeasureDefinition): Said {
  const language = useLanguage()
  return language === 'de' ? { ...definition, ...germanMeasures[definition.id] } : definition
}

export function useMeasureTitle(): (id: MeasureId, otherwise: string) => string {
  const language = useLanguage()
  return (id, otherwise) => (language === 'de' ? (germanMeasures[id].title ?? otherwise) : otherwise)
}
