import { describe, expect, it } from 'vitest'
import type { Customer } from '../../../core/customer/customer.ts'
import { draftMessage, nextMessage } from '../../../core/customer/draft.ts'
import type { Escalation } from '../../../core/escalation/state.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aDecision, NINE } from '../escalation/facts.ts'
import { aPolicy } from '../policy/policies.ts'
import { anEscalation } from './an-escalation.ts'

const JANE: Customer = { name: 'Jane Hollis', locale: 'en-GB', timezone: 'Europe/London' }
const BERLIN: Customer = { name: 'Jürgen Groß', locale: 'de', timezone: 'Europe/Berlin' }
const bo = { id: 21, name: 'Bo Nilsson' }

const CADENCE = `
  customer:
    cadence: { P2: 4h }
`

function progressed(overrides: Partial<Escalation> = {}): Escalation {
  return anEscalation({
    stage: 'investigating',
    estimate: NINE + 30 * HOUR_MS,
    progress: [
      {
        at: NINE,
        by: bo,
        status: 'investigating',
        actions: ['Read the SAML cache of node 4'],
        nextSteps: 'We compare the certificates that your login service sends.',
        cause: 'cache never expires',
        estimate: NINE + 30 * HOUR_MS,
      },
    ],
    ...overrides,
  })
}

const at = { ticketId: 7, at: NINE, calendarOf }

describe('the draft of a message to the customer', () => {
  it('says who has it now and by when they answer, in the customer’s time', () => {
    const { text } = draftMessage('escalated', anEscalation(), aPolicy(CADENCE), { ...at, customer: JANE })
    expect(text).toContain('Hello Jane Hollis,')
    expect(text).toContain('#7')
    expect(text).toContain('You will hear from them by Friday, 6 March 2026 at 10:00 GMT.')
    expect(text).toContain('the next news comes by Friday, 6 March 2026 at 13:00 GMT')
  })

  it('is in the customer’s language and zone', () => {
    const { text, locale } = draftMessage('escalated', anEscalation(), aPolicy(CADENCE), { ...at, customer: BERLIN })
    expect(locale).toBe('de')
    expect(text).toContain('Guten Tag Jürgen Groß,')
    expect(text).toContain('Sie hören bis Freitag, 6. März 2026 um 11:00 MEZ von ihnen.')
  })

  it.each([
    ['a language nobody wrote texts in', { ...JANE, locale: 'ja' }, 'Hello Jane Hollis,', '10:00 AM GMT'],
    ['no language at all', { ...JANE, locale: null, timezone: null }, 'Hello Jane Hollis,', '10:00 AM UTC'],
    ['a zone that is none', { ...JANE, timezone: 'Mars/Base' }, 'Hello Jane Hollis,', '10:00 UTC'],
    ['a language that is none', { ...JANE, locale: 'constructor' }, 'Hello Jane Hollis,', '10:00 AM GMT'],
    ['no name', { ...JANE, name: null }, 'Hello,', '10:00 GMT'],
  ])('reads well with %s', (_, customer, greeting, time) => {
    const { text } = draftMessage('escalated', anEscalation(), aPolicy(), { ...at, customer })
    expect(text.split('\n')[0]).toBe(greeting)
    expect(text.replaceAll('\u202f', ' ')).toContain(time)
  })

  it('leaves out what is not known instead of a gap', () => {
    const { text } = draftMessage('escalated', anEscalation({ respondBy: null }), aPolicy(), { ...at, customer: JANE })
    expect(text).not.toMatch(/by \.|–|\{\{|You will hear/)
  })

  it('names no date that has passed', () => {
    const late = { ...at, at: NINE + 31 * HOUR_MS, customer: JANE }
    expect(draftMessage('update', progressed(), aPolicy(CADENCE), late).text).not.toContain('expect to have it solved')
  })

  it('hands on next steps and the estimate, and says that it does', () => {
    const { text, holds } = draftMessage('update', progressed(), aPolicy(CADENCE), { ...at, customer: JANE })
    expect(text).toContain('What comes next: We compare the certificates that your login service sends.')
    expect(text).toContain('solved by Saturday, 7 March 2026 at 15:00 GMT')
    expect(holds).toEqual(['next_steps'])
  })

  it('keeps actions, causes and colleagues’ names to ourselves', () => {
    const { text } = draftMessage('update', progressed(), aPolicy(), { ...at, customer: JANE })
    expect(text).not.toMatch(/SAML cache|never expires|Bo Nilsson|Ana/)
  })

  it('hands on no more than the policy lets out', () => {
    const policy = aPolicy('\n  customer: { share: [] }')
    const { text, holds } = draftMessage('update', progressed(), policy, { ...at, customer: JANE })
    expect(text).not.toMatch(/certificates|solved by/)
    expect(holds).toEqual([])
  })

  it('uses the words of the policy, in their language first', () => {
    const policy = aPolicy(`
  customer:
    templates:
      en: { update: "Still on {{ticket}}." }
      de: { update: "Noch dran: {{ticket}}." }`)
    const drafts = [JANE, BERLIN].map((customer) => draftMessage('update', progressed(), policy, { ...at, customer }))
    expect(drafts.map(({ text }) => text)).toEqual(['Still on #7.', 'Noch dran: #7.'])
  })

  it('prefers our words in the customer’s language to the policy’s in another', () => {
    const policy = aPolicy('\n  customer: { templates: { en: { update: "Still on {{ticket}}." } } }')
    expect(draftMessage('update', progressed(), policy, { ...at, customer: BERLIN }).text).toContain('Guten Tag')
  })

  it('takes braces in somebody’s words for what they are', () => {
    const progress = [
      { ...progressed().progress[0]!, nextSteps: 'We set {{ticket}} and {{root_cause}} in the template.' },
    ]
    const { text } = draftMessage('update', progressed({ progress }), aPolicy(), { ...at, customer: JANE })
    expect(text).toContain('We set {{ticket}} and {{root_cause}} in the template.')
  })

  it.each([
    ['escalated', { stage: 'requested' }],
    ['update', { stage: 'investigating' }],
    ['fix-available', { stage: 'fixing', fix: { at: NINE, by: bo, version: '4.2', what: '' } }],
    ['resolved', { stage: 'monitoring' }],
  ] as const)('is of kind %s by itself when it stands so', (kind, overrides) => {
    expect(nextMessage(anEscalation(overrides as Partial<Escalation>))).toBe(kind)
  })

  it('tells of the next update by the cadence of the severity', () => {
    const severe = anEscalation({ decision: aDecision({ severity: 'P0' }) })
    const { text } = draftMessage('escalated', severe, aPolicy(CADENCE), { ...at, customer: JANE })
    expect(text, 'P0 is promised nothing by this policy').not.toContain('next news')
  })
})
