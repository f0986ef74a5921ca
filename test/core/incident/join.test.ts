import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsOpen } from '../../../core/incident/incident.ts'
import { joiningOf, type OpenIncident, titleOf } from '../../../core/incident/join.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { anEscalation } from '../customer/an-escalation.ts'
import { aDecision, NINE } from '../escalation/facts.ts'

const SETTINGS = { severities: ['P0', 'P1'], bridgeUrl: null, problemGroup: null, joinWithin: 240 } as const

function severe(component: string, severity: 'P0' | 'P1' | 'P2' = 'P0') {
  const note = { ...emptyNote(), triage: { ...emptyNote().triage, component } }
  return anEscalation({ note, decision: aDecision({ severity }) })
}

const known = (component: string, openedAt: number, id = 'INC-2026-0001'): OpenIncident => ({ id, component, openedAt })

describe('an escalation and major incidents', () => {
  it('begins one when it is severe and there is none of its component', () => {
    expect(joiningOf(severe('sso'), [known('billing', NINE)], SETTINGS, NINE)).toMatchObject({
      ...{ what: 'open', component: 'sso' },
    })
  })

  it('joins the latest of its component for as long as the policy says, to the millisecond', () => {
    const open = [known('sso', NINE - HOUR_MS, 'old'), known('sso', NINE, 'new')]
    expect(joiningOf(severe('sso'), open, SETTINGS, NINE + 4 * HOUR_MS)).toEqual({ what: 'join', incidentId: 'new' })
    expect(joiningOf(severe('sso'), open, SETTINGS, NINE + 4 * HOUR_MS + 1)).toMatchObject({ what: 'open' })
  })

  it('is none of theirs when it is not severe, or over', () => {
    expect(joiningOf(severe('sso', 'P2'), [known('sso', NINE)], SETTINGS, NINE)).toBeNull()
    expect(joiningOf({ ...severe('sso'), stage: 'closed' }, [known('sso', NINE)], SETTINGS, NINE)).toBeNull()
  })

  it('goes by its queue when the note names no component, and never joins another queue’s', () => {
    const nameless = severe('')
    expect(joiningOf(nameless, [known('queue:identity', NINE)], SETTINGS, NINE)).toMatchObject({ what: 'join' })
    expect(joiningOf(nameless, [known('queue:platform', NINE)], SETTINGS, NINE)).toMatchObject({ what: 'open' })
  })

  it('has one incident however many come at once', () => {
    const parts = fc.constantFrom('sso', 'billing', 'search')
    fc.assert(
      fc.property(fc.array(fc.tuple(parts, fc.integer({ min: 0, max: 4 * 60 }))), (notes) => {
        const open: OpenIncident[] = []
        for (const [component, minute] of notes.toSorted((a, b) => a[1] - b[1])) {
          const now = NINE + minute * 60_000
          const joining = joiningOf(severe(component), open, SETTINGS, now)!
          if (joining.what === 'open') open.push(known(joining.component, now, String(open.length)))
        }
        expect(open).toHaveLength(new Set(notes.map(([component]) => component)).size)
      }),
    )
  })

  it('is named by its note, in one line that fits a subject', () => {
    const issue = { ...emptyNote().issue, summary: `SSO\nfails ${'x'.repeat(200)}` }
    const title = titleOf(anEscalation({ note: { ...emptyNote(), issue } }))
    expect(title).toMatch(/^SSO fails x+…$/)
    expect(title).toHaveLength(120)
    expect(titleOf(severe(''))).toBe('P0 in Identity (ESC-2026-000001)')
  })

  it('keeps an incident open as long as somebody has to work on it', () => {
    const stages = ['requested', 'accepted', 'returned', 'fixing', 'resolved', 'monitoring', 'closed'] as const
    const tickets = stages.map((stage, index) => ({
      ...{ ticketId: index, escalationId: `ESC-${index}`, stage, linkedAt: 0, linkedBy: '' },
    }))
    expect(keepsOpen({ tickets }).map(({ stage }) => stage)).toEqual(['requested', 'accepted', 'returned', 'fixing'])
  })
})
