import { describe, expect, it } from 'vitest'
import { newSigningSecret, STATIC_TEST_SECRET, signWebhook } from './sign.ts'

describe('signWebhook', () => {
  it('signs the published test vector', () => {
    const signature = signWebhook(STATIC_TEST_SECRET, '2021-03-25T05:09:27Z', '{"event":"ticket.updated","id":123}')
    expect(signature).toBe('S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=')
  })

  it('signs an empty body', () => {
    expect(signWebhook('secret', '2021-03-25T05:09:27Z', '')).toHaveLength(44)
  })
})

describe('newSigningSecret', () => {
  it('is 44 characters long and another one each time', () => {
    expect(newSigningSecret()).toHaveLength(44)
    expect(newSigningSecret()).not.toBe(newSigningSecret())
  })
})
