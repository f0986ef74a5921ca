/** What most people write about: questions that the first line answers. The lists go together line by line. */
export type Everyday = {
  share: number
  tags: readonly string[]
  type: 'question' | 'incident' | null
  subjects: readonly string[]
  openings: readonly string[]
  answers: readonly string[]
}

export const EVERYDAY: Everyday[] = [
  {
    ...{ share: 14, tags: ['how_to'], type: 'question' },
    subjects: [
      'How do I export an audit log?',
      'Where is the old report builder?',
      'How to add a colleague?',
      'Question about saved filters',
    ],
    openings: [
      'Where can I download the access log of last year? Our auditor asks for it.',
      'The old builder is gone from the menu. Where can I find it?',
      'How can I invite {n} colleagues at once?',
      'Is it possible to share a saved filter with my team?',
    ],
    answers: [
      'You find it under Admin › Security; choose the range and press Export. Large ranges arrive by mail.',
      'It moved to Reports › Classic. Does that help?',
      'Under Team › Invite you can paste a list of addresses, one a line.',
      'Yes: open the filter, press Share, and choose the team.',
    ],
  },
  {
    ...{ share: 11, tags: ['account'], type: 'question' },
    subjects: ['Password reset', 'Cannot sign in', 'Change the owner of our workspace'],
    openings: [
      'I asked for a new password and no mail came.',
      'My account is locked after too many attempts. Please unlock it.',
      'Our head of operations left. How can the workspace be transferred to her successor?',
    ],
    answers: [
      'I have sent you a new link. It is good for an hour; please check your junk folder, too.',
      'Your account is unlocked. Please choose a new password when you sign in.',
      'The present owner can hand it over under Settings › Owner; if they left, please send us a signed letter.',
    ],
  },
  {
    ...{ share: 8, tags: ['billing'], type: 'question' },
    subjects: ['Copy of an invoice', 'Change our billing address', 'Question about VAT', 'Card was declined'],
    openings: [
      'Could you send me invoice INV-{id} again?',
      'We moved. Please change our billing address from now on.',
      'Why is there VAT on our invoice of {month}?',
      'Our bank shows the payment as approved and you show it as declined.',
    ],
    answers: [
      'The invoice is attached. You find all of them under Billing › Documents.',
      'Done, the next invoice has the new address.',
      'Your VAT number had expired in the register; I have entered the new one.',
      'The payment went through on the second try; nothing else is needed.',
    ],
  },
  {
    ...{ share: 7, tags: ['feature_request'], type: null },
    subjects: ['Feature request: bulk edit of tags', 'Dark mode for charts', 'Please add a weekly digest'],
    openings: [
      'We tag about {n} records a day by hand. Bulk edit would save us an afternoon.',
      'Third and fourth series are nearly the same dark blue in dark mode.',
      'A digest once a week instead of a mail for each change would be great.',
    ],
    answers: [
      'Thank you, I have added your vote. You are told when it ships.',
      'Good point. I passed it on to the product team.',
      'A digest is planned for the next quarter; I have put you on the list of those who try it first.',
    ],
  },
  {
    ...{ share: 6, tags: ['browser'], type: 'incident' },
    subjects: ['Page looks broken in {browser}', 'Buttons do not react', 'Slow page since {day}'],
    openings: [
      'Since the update the page looks broken in {browser}. A colleague sees it right.',
      'The save button does nothing. I have to reload each time.',
      'Pages take 8 to 12 seconds since {day}.',
    ],
    answers: [
      'Could you empty the cache and try a private window?',
      'An extension seems to interfere; please try without it.',
      'Thank you for trying it; a colleague of mine has mended it this morning.',
    ],
  },
]
