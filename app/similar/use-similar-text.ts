import { useMemo } from 'react'
import { speaking, useFormats, useLanguage } from '../i18n/text.tsx'
import { de } from './texts/de.ts'
import { en, type SimilarKey } from './texts/en.ts'

export type SimilarText = ReturnType<typeof useSimilarText>

/** As `useText`, for what is loaded once there are past escalations to show. */
export function useSimilarText() {
  const language = useLanguage()
  const formats = useFormats()
  return useMemo(() => speaking<SimilarKey>(language === 'de' ? de : en, formats), [language, formats])
}

/** The text of a resolution code; the code itself when nobody foresaw it. */
export function codeText(text: SimilarText, code: string): string {
  const key = `code.${code}`
  return key in en ? text(key as SimilarKey) : code.replaceAll('_', ' ')
}
