import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeness, DEFAULT_BAR, DEFAULT_WEIGHTS, saysSomething } from '../../../core/note/completeness.ts'
import { type FieldValue, NOTE_FIELDS, writeField } from '../../../core/note/fields.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { anyNote } from './arbitraries.ts'
import { aNote } from './fixtures.ts'

const byDefault = { weights: DEFAULT_WEIGHTS, bar: DEFAULT_BAR }
const anyWeights = fc.dictionary(
  fc.constantFrom(...NOTE_FIELDS.map(({ path }) => path as string), 'no.such.field', '__proto__'),
  fc.oneof(fc.nat({ max: 100 }), fc.double({ min: -5, max: 1e308, noNaN: true })),
)

const WRITTEN: Record<string, FieldValue> = {
  text: 'Login fails',
  long: 'Login fails',
  lines: ['Login fails'],
  number: 0,
  percent: 0,
  boolean: false,
  choice: 'P2',
}

describe('completeness', () => {
  it('has default weights that add up to 100', () => {
    expect(Object.values(DEFAULT_WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBe(100)
  })

  it('gives an empty note nothing and names everything, most valuable first', () => {
    const { score, bar, missing } = completeness(emptyNote(), byDefault)
    expect([score, bar]).toEqual([0, 60])
    expect(missing.slice(0, 3)).toEqual([
      { field: 'steps_taken', points: 16 },
      { field: 'escalation_reason', points: 14 },
      { field: 'issue.summary', points: 12 },
    ])
    expect(missing).toHaveLength(Object.keys(DEFAULT_WEIGHTS).length)
  })

  it('reaches the bar with the three open groups alone', () => {
    const note = { ...emptyNote(), steps_taken: ['a1'], escalation_reason: 'b2', suggested_next_step: 'c3' }
    note.issue = { ...note.issue, summary: 'd4', symptoms: ['e5'] }
    expect(completeness(note, byDefault).score).toBe(DEFAULT_BAR)
  })

  it('names what the full example still lacks', () => {
    expect(completeness(aNote(), byDefault)).toEqual({ score: 100, bar: 60, missing: [] })
    const quiet = aNote({ suggested_next_step: ' tbd ', steps_taken: ['-', ''] })
    expect(completeness(quiet, byDefault)).toEqual({
      score: 76,
      bar: 60,
      missing: [
        { field: 'steps_taken', points: 16 },
        { field: 'suggested_next_step', points: 8 },
      ],
    })
  })

  it('scales other weights to whole points that add up to 100', () => {
    const weights = { 'issue.summary': 1, steps_taken: 1, escalation_reason: 1, unknown: 5, 'triage.severity': -1 }
    expect(completeness(emptyNote(), { weights, bar: 50 }).missing.map(({ points }) => points)).toEqual([34, 33, 33])
    expect(completeness(emptyNote(), { weights: {}, bar: 50 })).toEqual({ score: 100, bar: 50, missing: [] })
  })

  it('stays within 0 and 100 and adds up with what is missing to exactly 100', () => {
    fc.assert(
      fc.property(anyNote, anyWeights, (note, weights) => {
        const { score, missing } = completeness(note, { weights, bar: 60 })
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        expect(missing.reduce((sum, { points }) => sum + points, score)).toBe(100)
        expect(missing.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true)
      }),
    )
  })

  it('never falls when a field is filled', () => {
    fc.assert(
      fc.property(anyNote, anyWeights, fc.constantFrom(...NOTE_FIELDS), (note, weights, { path, kind }) => {
        const fuller = writeField(note, path, WRITTEN[kind] as never)
        const before = completeness(note, { weights, bar: 60 })
        const after = completeness(fuller, { weights, bar: 60 })
        expect(after.score).toBeGreaterThanOrEqual(before.score)
        expect(after.missing.map(({ field }) => field)).not.toContain(path)
      }),
    )
  })
})

describe('saysSomething', () => {
  it.each([
    '',
    ' ',
    '\n\t',
    '\u00a0\u200b',
    '-',
    '—',
    '...',
    '???',
    'n/a',
    'N.A.',
    'tbd',
    'T.B.D.',
    'TODO',
    'none',
    'Unknown!',
    '🤷',
  ])('takes %j for nothing', (text) => {
    expect(saysSomething(text)).toBe(false)
    expect(saysSomething([text, text])).toBe(false)
  })

  it.each(['ok', '0', '5xx', 'Nonesuch', 'ログイン失敗', 'تسجيل', 'None of the users can log in', 'x'.repeat(20_000)])(
    'takes %j for something',
    (text) => {
      expect(saysSomething(text)).toBe(true)
      expect(saysSomething(['', text])).toBe(true)
    },
  )
})
