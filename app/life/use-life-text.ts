import { useMemo } from 'react'
import { speaking, useFormats, useLanguage } from '../i18n/text.tsx'
import { de } from './texts/de.ts'
import { en, type LifeKey } from './texts/en.ts'

export type LifeText = ReturnType<typeof useLifeText>

/** As `useText`, for what is loaded once there is an escalation. */
export function useLifeText() {
  const language = useLanguage()
  const formats = useFormats()
  return useMemo(() => speaking<LifeKey>(language === 'de' ? de : en, formats), [language, formats])
}

/** A text whose key is put together from data; empty when there is none. */
export function lifeTextOr(text: LifeText, key: string, fallback = ''): string {
  return key in en ? text(key as LifeKey) : fallback
}
