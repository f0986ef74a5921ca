import { useMemo } from 'react'
import { speaking, useFormats, useLanguage } from '../i18n/text.tsx'
import { de } from './texts/de.ts'
import { type DeskKey, en } from './texts/en.ts'

export type DeskText = ReturnType<typeof useDeskText>

/** As `useText`, for the page in the navigation bar. */
export function useDeskText() {
  const language = useLanguage()
  const formats = useFormats()
  return useMemo(() => speaking<DeskKey>(language === 'de' ? de : en, formats), [language, formats])
}

/** A text whose key is put together from data; `fallback` when nobody foresaw that word. */
export function deskTextOr(text: DeskText, key: string, fallback: string): string {
  return key in en ? text(key as DeskKey) : fallback
}
