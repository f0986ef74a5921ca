import { describe, expect, it } from 'vitest'
import { de } from '../../../app/i18n/de.ts'
import { en, type TextKey } from '../../../app/i18n/en.ts'
import { createFormats } from '../../../app/i18n/formats.ts'
import { createLanguage } from '../../../app/i18n/text.tsx'
import { NOTE_FIELDS } from '../../../core/note/fields.ts'

const NOW = Date.parse('2026-03-06T13:30:00Z')

describe('the texts', () => {
  it('fill in the same values in every language', () => {
    const keys = Object.keys(en) as TextKey[]
    for (const key of keys) expect([key, placeholders(de[key])]).toEqual([key, placeholders(en[key])])
  })

  it('are all there and all different in German, but for names', () => {
    const same = (Object.keys(en) as TextKey[]).filter(
      (key) => de[key] === en[key] && /[a-z]{4,} [a-z]{3,}/i.test(en[key]),
    )
    expect(same).toEqual(['field.customer_context.health_score'].filter((key) => same.includes(key as TextKey)))
  })

  it('name every field of the note', () => {
    expect(NOTE_FIELDS.filter(({ path }) => !(`field.${path}` in en))).toEqual([])
  })

  it.each([
    ['de-AT', 'Ticket eskalieren'],
    ['en-GB', 'Escalate this ticket'],
    ['fr', 'Escalate this ticket'],
  ])('speak %s', (locale, title) => {
    expect(createLanguage(locale, 'UTC').text('form.title')).toBe(title)
  })
})

describe('the formats', () => {
  it.each([
    ['en-US', 'America/New_York', '2026-03-06T20:40:00Z', '3:40 PM'],
    ['de', 'Europe/Berlin', '2026-03-06T14:40:00Z', '15:40'],
    ['de', 'Europe/Berlin', '2026-03-09T14:40:00Z', 'Mo., 15:40'],
    ['de', 'Europe/Berlin', '2026-06-09T14:40:00Z', '09.06.2026, 16:40'],
  ])('write a time for %s in %s', (locale, timeZone, at, shown) => {
    expect(
      createFormats(locale, timeZone)
        .time(at, NOW)
        .replace(/\u202f/g, ' '),
    ).toBe(shown)
  })

  it.each([
    ['2026-03-06T14:10:00Z', 'in 40 min.'],
    ['2026-03-06T12:30:00Z', '1 hr. ago'],
    ['2026-03-09T13:30:00Z', 'in 3 days'],
  ])('say how far %s is', (at, shown) => {
    expect(createFormats('en', 'UTC').fromNow(at, NOW)).toBe(shown)
  })
})

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort()
}
