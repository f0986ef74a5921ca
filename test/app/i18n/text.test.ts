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

  it.each([
    [0, '0 s', '0 seconds'],
    [45_900, '45 s', '45 seconds'],
    [60_000, '1 min', '1 minute'],
    [2 * 3_600_000 + 10 * 60_000 + 59_000, '2 h 10 min', '2 hours 10 minutes'],
    [86_400_000, '1 day', '1 day'],
    [86_400_000 + 59 * 60_000, '1 day', '1 day'],
    [2 * 86_400_000 + 4 * 3_600_000, '2 days 4 h', '2 days 4 hours'],
    [1234 * 86_400_000, '1,234 days', '1,234 days'],
  ])('say how long %i ms are', (ms, shown, readOut) => {
    const formats = createFormats('en', 'UTC')
    expect([formats.span(ms).replaceAll('\u00a0', ' '), formats.spanInWords(ms)]).toEqual([shown, readOut])
  })

  it('say how long something is in German', () => {
    const formats = createFormats('de', 'UTC')
    expect([formats.span(90 * 60_000), formats.spanInWords(90 * 60_000)]).toEqual([
      '1\u00a0h\u00a030\u00a0min',
      '1 Stunde 30 Minuten',
    ])
  })
})

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort()
}
