import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agendaOf, type DecidedItem, type ReviewDecision, weekOf } from '../../../core/review/agenda.ts'
import { type BacklogItem, CONCERNS, type ConcernKind } from '../../../core/review/backlog.ts'
import { agendaMarkdown } from '../../../core/review/write-agenda.ts'
import { DAY_MS } from '../../../core/units.ts'
import { NINE } from '../escalation/facts.ts'

function anItem(
  escalationId: string,
  kinds: ConcernKind[] = ['aged'],
  overrides: Partial<BacklogItem> = {},
): BacklogItem {
  return {
    ...{ escalationId, ticketId: 7, severity: 'P2', tier: 2, queue: 'Identity', stage: 'investigating', owner: 'Bo' },
    ...{ account: 'Acme', summary: 'SSO fails', requestedAt: NINE - 20 * DAY_MS },
    concerns: kinds.map((kind) => ({ kind, since: NINE - 6 * DAY_MS, againstMs: null })),
    ...overrides,
  }
}

const raise: ReviewDecision = { decision: 'raise', note: 'to Platform', by: 'Eva', at: NINE - 7 * DAY_MS }
const decided = (item: BacklogItem, decision: ReviewDecision | null): DecidedItem => ({ ...item, decided: decision })

describe('a weekly agenda', () => {
  it('says what is new, as before, worse and gone since the last one', () => {
    const agenda = agendaOf({
      now: NINE,
      items: [anItem('A'), anItem('B', ['stalled', 'aged']), anItem('C')],
      open: ['A', 'B', 'C', 'D'],
      decided: new Map(),
      last: {
        ...{ week: '2026-W09', heldAt: NINE - 7 * DAY_MS },
        items: [
          decided(anItem('B'), raise),
          decided(anItem('C'), null),
          decided(anItem('D'), null),
          decided(anItem('E'), raise),
        ],
      },
    })
    expect(agenda.items.map(({ escalationId, change, added }) => [escalationId, change, added])).toEqual([
      ['B', 'worse', ['stalled']],
      ['A', 'new', ['aged']],
      ['C', 'still', []],
    ])
    expect(agenda.items[0]!.before).toEqual(raise)
    expect(agenda.gone.map(({ escalationId, hasEnded }) => [escalationId, hasEnded])).toEqual([
      ['D', false],
      ['E', true],
    ])
  })

  it('is a page a meeting can go through, with what was decided last time', () => {
    const last = { week: '2026-W09', heldAt: 0, items: [decided(anItem('B'), raise)] }
    const text = agendaMarkdown(agendaOf({ now: NINE, items: [anItem('B')], open: ['B'], decided: new Map(), last }))
    expect(text).toContain('# Backlog review 2026-W10')
    expect(text).toContain('1 open, 1 to talk about; 0 new, 1 as before, 0 worse, 0 gone since 2026-W09')
    expect(text).toContain('- still: aged for 6d')
    expect(text).toContain('- Last time: raise (to Platform), Eva')
    expect(text).toContain('- Decision: __________')
  })

  it('lets nobody’s words become markup', () => {
    const summary = '# All\n| fine | <script>alert(1)</script> [x](javascript:1)'
    const item = anItem('A', ['aged'], { summary })
    const text = agendaMarkdown(agendaOf({ now: NINE, items: [item], open: ['A'], decided: new Map(), last: null }))
    expect(text.split('\n').filter((line) => line.includes('fine'))).toHaveLength(1)
    expect(text).not.toMatch(/(?<!\\)<script|(?<!\\)\[x/)
  })

  it('neither loses nor doubles an escalation, whatever was on the last one', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'ABCDEFGH'), { maxLength: 8 })
    const items = ids.chain((some) =>
      fc.tuple(...some.map((id) => fc.subarray([...CONCERNS], { minLength: 1 }).map((kinds) => anItem(id, kinds)))),
    )
    fc.assert(
      fc.property(items, items, (present, old) => {
        const last = { week: '2026-W09', heldAt: 0, items: old.map((item) => decided(item, null)) }
        const open = present.map(({ escalationId }) => escalationId)
        const agenda = agendaOf({ now: NINE, items: present, open, decided: new Map(), last })
        const told = [...agenda.items, ...agenda.gone].map(({ escalationId }) => escalationId).toSorted()
        expect(told).toEqual([...new Set([...present, ...old].map(({ escalationId }) => escalationId))].toSorted())
      }),
    )
  })

  it.each([
    ['2026-01-01T00:00:00Z', '2026-W01'],
    ['2026-03-06T09:00:00Z', '2026-W10'],
    ['2026-12-31T23:59:59Z', '2026-W53'],
    ['2027-01-03T12:00:00Z', '2026-W53'],
    ['2027-01-04T00:00:00Z', '2027-W01'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
  ])('belongs to its ISO week: %s to %s', (at, week) => {
    expect(weekOf(Date.parse(at))).toBe(week)
  })
})
