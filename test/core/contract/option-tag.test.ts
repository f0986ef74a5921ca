import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOptionTag, OPTION_FIELDS, optionTag } from '../../../core/contract/option-tag.ts'

describe('an option tag', () => {
  const field = fc.constantFrom(...OPTION_FIELDS)
  const id = fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/)

  it('tells every two values apart, also those that differ in a hyphen', () => {
    expect(optionTag('queue', 'a-b')).not.toBe(optionTag('queue', 'a_b'))
    fc.assert(
      fc.property(
        field,
        id,
        id,
        (where, one, other) => (optionTag(where, one) === optionTag(where, other)) === (one === other),
      ),
    )
  })

  it('is recognised among other tags', () => {
    fc.assert(fc.property(field, id, (where, value) => isOptionTag(optionTag(where, value))))
    expect(['baton', 'vip', 'baton_fan', 'queue_identity'].filter(isOptionTag)).toEqual([])
  })
})
