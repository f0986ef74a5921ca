import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { de } from './de.ts'
import { en, type TextKey, type Texts } from './en.ts'
import { createFormats, type Formats } from './formats.ts'

export type { Formats }

export type Values = Record<string, string | number>
export type Text = (key: TextKey, values?: Values) => string

const LANGUAGES: Record<string, Texts> = { en, de }

type Language = { text: Text; formats: Formats; language: string }

const LanguageContext = createContext<Language>(createLanguage('en', 'UTC'))

/** @param locale the agent's, such as `de-AT`; a language we do not speak falls back to English */
export function LanguageProvider(props: { locale: string; timeZone: string; children: ReactNode }) {
  const { locale, timeZone, children } = props
  const language = useMemo(() => createLanguage(locale, timeZone), [locale, timeZone])
  return <LanguageContext value={language}>{children}</LanguageContext>
}

export function useText(): Text {
  return useContext(LanguageContext).text
}

/** The language the app speaks, which may not be the agent's. */
export function useLanguage(): string {
  return useContext(LanguageContext).language
}

/** Dates and numbers as the agent writes them, in the agent's time zone. */
export function useFormats(): Formats {
  return useContext(LanguageContext).formats
}

export function createLanguage(locale: string, timeZone: string): Language {
  const wanted = locale.split('-')[0]!.toLowerCase()
  const language = wanted in LANGUAGES ? wanted : 'en'
  const texts = LANGUAGES[language]!
  const formats = createFormats(language === wanted ? locale : 'en', timeZone)

  return { text: speaking(texts, formats), formats, language }
}

/** Fills in the texts of one language. */
export function speaking<K extends string>(texts: Readonly<Record<K, string>>, formats: Formats) {
  return (key: K, values: Values = {}): string =>
    texts[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name]
      return value === undefined ? placeholder : typeof value === 'number' ? formats.number(value) : value
    })
}

/** The text of one of two keys, by number: `score.more` with 1 is `score.more.one`. */
export function counted(
  text: Text,
  formats: Formats,
  key: 'score.more' | 'send.waiting' | 'clock.more' | 'timeline.notices',
  count: number,
): string {
  return text(formats.isOne(count) ? `${key}.one` : `${key}.other`, { count })
}

/** A text whose key is put together from data; `fallback` when nobody foresaw that word. */
export function textOr(text: Text, key: string, fallback: string): string {
  return key in en ? text(key as TextKey) : fallback
}
