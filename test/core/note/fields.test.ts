import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalNote } from '../../../core/note/canonical.ts'
import { NOTE_FIELDS, NOTE_GROUPS, readField, SEVERITY_CHOICES, writeField } from '../../../core/note/fields.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { anyNote } from './arbitraries.ts'
import { aNote } from './fixtures.ts'

function leaves(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, child]) =>
    child !== null && typeof child === 'object' && !Array.isArray(child)
      ? leaves(child, `${prefix}${key}.`)
      : [prefix + key],
  )
}

describe('NOTE_FIELDS', () => {
  it('holds every field of the note once, each under a heading of its own', () => {
    expect(NOTE_FIELDS.map(({ path }) => path).toSorted()).toEqual(leaves(emptyNote()).toSorted())
    expect(new Set(NOTE_FIELDS.map(({ heading }) => heading)).size).toBe(NOTE_FIELDS.length)
  })

  it('keeps groups together, in their order', () => {
    const groups = NOTE_FIELDS.map(({ group }) => group)
    expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual([...NOTE_GROUPS])
  })

  it('knows the severities', () => {
    expect(SEVERITY_CHOICES).toEqual(['P0', 'P1', 'P2', 'P3'])
  })
})

describe('writeField', () => {
  it('changes one field of a copy and nothing else', () => {
    fc.assert(
      fc.property(anyNote, anyNote, fc.constantFrom(...NOTE_FIELDS), (note, other, { path }) => {
        const before = structuredClone(note)
        const written = writeField(note, path, readField(other, path))
        expect(note).toEqual(before)
        expect(readField(written, path)).toEqual(readField(other, path))
        expect(writeField(written, path, readField(note, path))).toEqual(note)
      }),
    )
  })
})

describe('canonicalNote', () => {
  it('is the same text for the same note, whatever the order of its keys', () => {
    const note = aNote()
    const shuffled = Object.fromEntries(Object.entries(note).toReversed()) as typeof note
    expect(canonicalNote(shuffled)).toBe(canonicalNote(note))
  })

  it('leaves empty fields out, so that a field added later changes no digest', () => {
    expect(canonicalNote(emptyNote())).toBe('{}')
    const note = { ...emptyNote(), steps_taken: ['é', 'e\u0301', '\ud800'], escalation_reason: 'x' }
    expect(canonicalNote(note)).toBe('{"escalation_reason":"x","steps_taken":["é","e\u0301","\\ud800"]}')
  })

  it('differs for notes that differ', () => {
    fc.assert(
      fc.property(anyNote, anyNote, (a, b) => {
        const isSame = NOTE_FIELDS.every(
          ({ path }) => JSON.stringify(readField(a, path)) === JSON.stringify(readField(b, path)),
        )
        expect(canonicalNote(a) === canonicalNote(b)).toBe(isSame)
      }),
    )
  })
})
