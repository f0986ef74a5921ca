import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditTicket } from '../../../core/audit/clock-audit.ts'
import { type AuditMeans, PATTERNS } from '../../../core/audit/finding.ts'
import type { TicketChange } from '../../../core/audit/update.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { ANA, BO, history, JANE, means, START, type Told } from './histories.ts'

const CREATED: Told = [0, JANE, 'created', 'status: >new', 'public: 400']

function found(changes: TicketChange[], overrides: Partial<AuditMeans> = {}): string[] {
  const audit = auditTicket(changes, means(overrides))
  return PATTERNS.flatMap((pattern) => audit[pattern].findings).map(
    ({ pattern, byId, from, to }) => `${pattern} ${byId} ${(from - START) / MINUTE_MS}-${(to - START) / MINUTE_MS}`,
  )
}
const replyDueAt = (minutes: number) => ({
  deadlines: [{ at: START + minutes * MINUTE_MS, clock: 'Its reply', isForReply: true }],
})

describe('what is worth a look', () => {
  it.each<[string, Told[], Partial<AuditMeans>, string[]]>([
    [
      'a solve that its author takes back',
      [CREATED, [50, ANA, 'status: new>solved'], [60, ANA, 'status: solved>open']],
      {},
      ['solve-reopen 11 50-60'],
    ],
    [
      'no solve that somebody else takes back',
      [CREATED, [50, ANA, 'status: new>solved'], [60, BO, 'status: solved>open']],
      {},
      [],
    ],
    [
      'no solve that is taken back the next day',
      [CREATED, [50, ANA, 'status: new>solved'], [1500, ANA, 'status: solved>open']],
      {},
      [],
    ],
    [
      'no solve after which the customer wrote',
      [CREATED, [50, ANA, 'status: new>solved'], [55, JANE, 'public: 80'], [60, ANA, 'status: solved>open']],
      {},
      [],
    ],
    [
      'a pending without a word',
      [
        CREATED,
        [30, ANA, 'public: 200', 'status: new>open'],
        [60, ANA, 'status: open>pending', 'private: 40'],
        [300, JANE, 'public: 90', 'status: pending>open'],
      ],
      {},
      ['silent-pending 11 60-300'],
    ],
    [
      'a pending that its author ends before the customer says anything',
      [CREATED, [60, ANA, 'public: 150', 'status: new>pending'], [200, ANA, 'status: pending>open']],
      {},
      ['silent-pending 11 60-200'],
    ],
    [
      'no pending that its author ends once the customer has answered',
      [
        CREATED,
        [60, ANA, 'public: 150', 'status: new>pending'],
        [190, JANE, 'public: 70'],
        [200, ANA, 'status: pending>open'],
      ],
      {},
      [],
    ],
    ['no pending with a word in it', [CREATED, [60, ANA, 'public: 150', 'status: new>pending']], {}, []],
    [
      'no pending with a word just before it',
      [CREATED, [55, ANA, 'public: 150'], [60, ANA, 'status: new>pending']],
      {},
      [],
    ],
    [
      'a priority that goes down and up again',
      [CREATED, [10, BO, 'priority: high>low'], [200, BO, 'priority: low>high']],
      {},
      ['priority-flip 21 10-200'],
    ],
    ['no priority that stays down', [CREATED, [10, BO, 'priority: high>low']], {}, []],
    [
      'no priority that somebody else raises',
      [CREATED, [10, BO, 'priority: high>low'], [200, ANA, 'priority: low>high']],
      {},
      [],
    ],
    [
      'a priority that goes down before a deadline',
      [CREATED, [100, BO, 'priority: high>low'], [900, BO, 'status: new>solved', 'public: 300']],
      replyDueAt(120),
      ['priority-flip 21 100-10080'],
    ],
    ['no priority that goes down hours before it', [CREATED, [10, BO, 'priority: high>low']], replyDueAt(120), []],
    ['a reply of two words and then nothing', [CREATED, [20, ANA, 'public: 12']], {}, ['stop-comment 11 20-10080']],
    [
      'a reply at the last minute and then nothing for hours',
      [CREATED, [55, ANA, 'public: 300'], [500, ANA, 'public: 300']],
      replyDueAt(60),
      ['stop-comment 11 55-500'],
    ],
    ['no short reply that another word follows', [CREATED, [20, ANA, 'public: 12'], [90, ANA, 'public: 300']], {}, []],
    ['no short reply that solves it', [CREATED, [20, ANA, 'public: 12', 'status: new>solved']], {}, []],
    ['no short reply of unknown length', [CREATED, [20, ANA, 'public']], {}, []],
    [
      'no short word that nobody waits for',
      [CREATED, [20, ANA, 'public: 300'], [25, ANA, 'public: 5'], [90, ANA, 'public: 300']],
      {},
      [],
    ],
    [
      'a group that is changed and changed back',
      [CREATED, [20, ANA, 'group_id: 1>2'], [50, ANA, 'group_id: 2>1']],
      {},
      ['out-and-back 11 20-50'],
    ],
    [
      'no group where somebody did something',
      [CREATED, [20, ANA, 'group_id: 1>2'], [30, BO, 'private: 90'], [50, ANA, 'group_id: 2>1']],
      {},
      [],
    ],
    [
      'no ticket that is taken and left again',
      [CREATED, [20, ANA, 'assignee_id: >11'], [50, ANA, 'assignee_id: 11>']],
      {},
      [],
    ],
    [
      'nothing of what a customer does',
      [CREATED, [50, JANE, 'status: open>solved'], [60, JANE, 'status: solved>open']],
      {},
      [],
    ],
  ])('is %s', (_, told, overrides, expected) => {
    expect(found(history(told), overrides)).toEqual(expected)
  })

  it('is nothing of what business rules do', () => {
    const told = history(
      [
        [50, ANA, 'status: open>solved'],
        [60, ANA, 'status: solved>open'],
        [70, ANA, 'priority: high>low'],
        [80, ANA, 'priority: low>high'],
      ],
      { rule: 5 },
    )
    expect(found(told)).toEqual([])
  })

  it('is a pending whose words ask nothing, where they can be read', () => {
    const told = history([CREATED, [60, ANA, 'public: 30', 'status: new>pending']])
    const read = (asks: boolean) => told.map((change) => (change.field === 'comment' ? { ...change, asks } : change))
    expect([found(read(true)), found(read(false))]).toEqual([[], ['silent-pending 11 60-10080']])
  })
})

/** A ticket that is handled as it should be: asked with a question, answered in full, solved once, handed on for good. */
const honest = fc
  .array(fc.constantFrom('ask', 'answer', 'note', 'raise', 'hand'), { maxLength: 12 })
  .map((steps): Told[] => {
    const told: Told[] = [CREATED]
    let group = 1
    for (const [index, step] of steps.entries()) {
      const at = 60 + index * 300
      if (step === 'ask')
        told.push(
          [at, ANA, 'public: 200', 'status: open>pending'],
          [at + 90, JANE, 'public: 60', 'status: pending>open'],
        )
      if (step === 'answer') told.push([at, ANA, 'public: 250'])
      if (step === 'note') told.push([at, BO, 'private: 9'])
      if (step === 'raise') told.push([at, BO, 'priority: normal>high'])
      if (step === 'hand') told.push([at, ANA, `group_id: ${group}>${++group}`])
    }
    return [...told, [5000, ANA, 'public: 100', 'status: open>solved']]
  })

describe('laws', () => {
  it('finds nothing in an honest history', () => {
    fc.assert(
      fc.property(honest, (told) => void expect(found(history(told))).toEqual([])),
      { numRuns: 100 },
    )
  })

  it('finds the same whenever it all happened, and in whatever order it is told', () => {
    const any = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(ANA, BO, JANE),
        fc.constantFrom(
          'status: open>pending',
          'status: pending>open',
          'status: open>solved',
          'status: solved>open',
          'priority: high>low',
          'priority: low>high',
          'public: 5',
          'public: 200',
          'group_id: 1>2',
          'group_id: 2>1',
        ),
      ),
      { maxLength: 25 },
    )
    fc.assert(
      fc.property(any, fc.integer({ min: -9000, max: 9000 }), fc.func(fc.integer()), (told, hours, key) => {
        const ms = hours * HOUR_MS
        const changes = history(told.map(([minutes, by, what]): Told => [minutes, by, what]))
        const kinds = (list: TicketChange[], now: number) => {
          const audit = auditTicket(list, means({ now }))
          return PATTERNS.map((pattern) =>
            audit[pattern].findings.map(({ from, to, evidence }) => [
              to - from,
              evidence.map(({ auditId }) => auditId),
            ]),
          )
        }
        const here = kinds(changes, means().now)
        const shuffled = changes
          .map((change) => ({ ...change, at: change.at + ms }))
          .toSorted((a, b) => key(a) - key(b))
        expect(kinds(shuffled, means().now + ms)).toEqual(here)
      }),
      { numRuns: 100 },
    )
  })
})
