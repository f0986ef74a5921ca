import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CannotOpen, open, seal } from '../../server/sealed.ts'

const key = randomBytes(32)

describe('a sealed secret', () => {
  it('opens in its place', () => {
    expect(open(seal('häßlich 🔑', key, '1/webhook'), key, '1/webhook')).toBe('häßlich 🔑')
  })

  it('does not open for another account, with another key, or altered anywhere', () => {
    const sealed = seal('secret', key, '1/webhook')
    expect(() => open(sealed, key, '2/webhook')).toThrow(CannotOpen)
    expect(() => open(sealed, randomBytes(32), '1/webhook')).toThrow(CannotOpen)
    for (let index = 0; index < sealed.length; index++) {
      const altered = Buffer.from(sealed)
      altered[index]! ^= 1
      expect(() => open(altered, key, '1/webhook')).toThrow(CannotOpen)
    }
    expect(() => open(sealed.subarray(0, 20), key, '1/webhook')).toThrow(CannotOpen)
  })

  it('looks different each time', () => {
    expect(seal('secret', key, 'p').equals(seal('secret', key, 'p'))).toBe(false)
  })
})
