import { describe, expect, it } from 'vitest'
import { guessComponent } from '../../../app/sidebar/guess-component.ts'
import { aForm } from '../desk.ts'

const { components } = aForm()

describe('guessComponent', () => {
  it.each([
    ['the words of the subject', 'SAML login broken', 'We paid the invoice.', 'sso'],
    ['the words of the conversation', 'Help', 'The payment of the invoice fails.', 'billing'],
    ['nothing at all', 'Help', 'It is slow.', undefined],
    ['two with equal claims', 'Help', 'The login page shows an invoice.', undefined],
    ['no part of a longer word', 'Blogging', 'Prepayments', undefined],
  ])('goes by %s', (_, subject, text, id) => {
    expect(guessComponent(components, { subject, text })?.id).toBe(id)
  })

  it('names the words it went by', () => {
    expect(guessComponent(components, { subject: 'SSO', text: 'saml' })?.words).toEqual(['sso', 'saml'])
  })

  it('takes keywords as they are, whatever signs they hold', () => {
    const odd = [{ id: 'cpp', name: 'C++ (native)', keywords: ['c++', '.*'] }]
    expect(guessComponent(odd, { subject: 'Our c++ client', text: '' })?.words).toEqual(['c++'])
  })
})
