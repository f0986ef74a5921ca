import { describe, expect, it } from 'vitest'
import { componentOf } from '../../../app/sidebar/known-facts.ts'
import type { TicketPicture } from '../../../app/zaf/ticket.ts'
import { aForm } from '../desk.ts'

const form = aForm()

describe('componentOf', () => {
  it.each([
    ['the words of the subject', 'SAML login broken', 'We paid the invoice.', 'sso'],
    ['the words of the conversation', 'Help', 'The payment of the invoice fails.', 'billing'],
    ['nothing at all', 'Help', 'It is slow.', undefined],
    ['two with equal claims', 'Help', 'The login page shows an invoice.', undefined],
    ['no part of a longer word', 'Blogging', 'Prepayments', undefined],
  ])('goes by %s', (_, subject, description, id) => {
    expect(componentOf(aPicture(subject, description), form)?.component.id).toBe(id)
  })

  it('names the words it went by', () => {
    expect(componentOf(aPicture('SSO', 'saml'), form)?.keywords).toEqual(['sso', 'saml'])
  })

  it('takes keywords as they are, whatever signs they hold', () => {
    const odd = { ...form, components: [{ id: 'cpp', name: 'C++ (native)', keywords: ['c++', '.*'] }] }
    expect(componentOf(aPicture('Our c++ client', ''), odd)?.keywords).toEqual(['c++'])
  })
})

function aPicture(subject: string, description: string): TicketPicture {
  return { subject, description, comments: [] } as unknown as TicketPicture
}
