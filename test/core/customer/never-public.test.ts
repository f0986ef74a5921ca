import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tellCustomer } from '../../../core/customer/tell.ts'
import { MESSAGES } from '../../../core/customer/words.ts'
import { NO_DATES, writeMessage } from '../../../core/customer/write.ts'
import type { EscalationEvent } from '../../../core/escalation/events.ts'
import type { Escalation } from '../../../core/escalation/state.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aDecision, NINE } from '../escalation/facts.ts'
import { anyNote } from '../note/arbitraries.ts'
import { aPolicy } from '../policy/policies.ts'
import { anEscalation } from './an-escalation.ts'

const EVERYTHING_AUTOMATIC = aPolicy(`
  customer:
    cadence: { P0: 1h, P1: 2h, P2: 4h, P3: 1d }
    send: { escalated: auto, update: auto, fix_available: auto, resolved: auto, deescalated: auto }
    share: [next_steps, estimate, release_date, fix_version, what_changes]
`)

/** A word that no template and no date holds. */
const secret = fc.integer({ min: 0, max: 1e9 }).map((n) => `zqx${n.toString(36)}zqx`)
const instant = fc.integer({ min: NINE - 1e10, max: NINE + 1e10 })

const person = fc.record({ id: fc.integer({ min: 1 }), name: secret })

const escalation: fc.Arbitrary<Escalation> = fc
  .record({
    stage: fc.constantFrom<Escalation['stage']>(
      'requested',
      'accepted',
      'investigating',
      'fixing',
      'resolved',
      'closed',
    ),
    note: anyNote,
    decision: fc
      .record({ queueName: secret, tierName: secret, group: secret, reasons: fc.array(secret) })
      .map((words) => aDecision(words)),
    owner: person,
    requestedBy: person,
    respondBy: fc.option(instant),
    estimate: fc.option(instant),
    progress: fc.array(
      fc.record({
        ...{ at: instant, by: person, status: fc.constant(null), actions: fc.array(secret), nextSteps: secret },
        ...{ cause: secret, estimate: fc.option(instant) },
      }),
    ),
    release: fc.record({
      at: instant,
      by: person,
      release: fc.constant('hotfix' as const),
      date: instant,
      reason: secret,
    }),
    fix: fc.record({ at: instant, by: person, version: secret, what: secret }),
    resolution: fc.record({
      ...{ at: instant, by: person, rootCause: secret, code: fc.constant('configuration' as const), fix: secret },
      ...{ article: fc.constant('linked' as const), articleUrl: secret, articleReason: secret },
      couldBeLower: fc.constant(true),
    }),
  })
  .map((life) => anEscalation(life as Partial<Escalation>))

const event: fc.Arbitrary<EscalationEvent> = fc
  .record({ by: person, words: secret, at: instant })
  .chain(({ by, words, at }) => {
    const common = { at, escalationId: 'ESC-2026-000001', by, auditId: 5 }
    return fc.constantFrom(
      { ...common, kind: 'requested', commandId: words, tier: 2, queue: words, reasons: [words], score: 1 },
      { ...common, kind: 'raised', because: words, fromTier: 2, tier: 3, queue: words, reasons: [words], lateMs: 0 },
      {
        ...{ ...common, kind: 'handed-on', via: 'command', fromTier: 2, fromQueue: words },
        ...{ tier: 3, queue: words, reason: words },
      },
      { ...common, kind: 'promise-overdue', promise: words, since: at, lateMs: 0 },
      { ...common, kind: 'fix-available', version: words, what: words, via: 'command' },
      {
        ...{
          ...common,
          kind: 'resolved',
          rootCause: words,
          resolution: 'configuration',
          fix: words,
          article: 'linked',
        },
        ...{ articleUrl: words, articleReason: words, couldBeLower: null, monitoringUntil: null },
      },
      { ...common, kind: 'deescalated', via: 'command', rationale: words, missing: [], toGroup: words },
    ) as fc.Arbitrary<EscalationEvent>
  })

describe('what Baton tells customers by itself', () => {
  it('never holds a word that somebody wrote in an escalation, whatever it tells of', () => {
    fc.assert(
      fc.property(event, escalation, instant, (happened, of, at) => {
        const setting = { ticketId: 7, afterAuditId: 5, at, calendarOf }
        const effect = tellCustomer(happened, of, EVERYTHING_AUTOMATIC, setting)!
        expect(JSON.stringify(effect)).not.toContain('zqx')
        for (const locale of ['en', 'de']) {
          const customer = { name: 'Jane Hollis', locale, timezone: 'Europe/Berlin' }
          const { message: kind, dates, ticketId } = effect
          const { text } = writeMessage({ kind, ticketId, customer, dates, words: null }, EVERYTHING_AUTOMATIC)
          expect(text).not.toContain('zqx')
          for (const own of notesOf(of)) expect(text).not.toContain(own)
        }
      }),
    )
  })

  it('is nothing but the template, the number, the name and dates', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGES), secret, (kind, name) => {
        const customer = { name, locale: 'en', timezone: null }
        const { text } = writeMessage(
          { kind, ticketId: 7, customer, dates: NO_DATES, words: null },
          EVERYTHING_AUTOMATIC,
        )
        expect(text.split(name)).toHaveLength(2)
        expect(text).not.toMatch(/\{\{|\}\}|–|undefined|null/)
      }),
    )
  })

  it('is nothing at all unless the policy says that it goes by itself', () => {
    fc.assert(
      fc.property(event, escalation, (happened, of) => {
        expect(tellCustomer(happened, of, aPolicy(), { ticketId: 7, afterAuditId: 5, at: NINE, calendarOf })).toBeNull()
      }),
    )
  })

  it('is told once for one event, whenever it is worked out', () => {
    fc.assert(
      fc.property(event, escalation, instant, instant, (happened, of, one, other) => {
        const ids = [one, other].map(
          (at) =>
            tellCustomer(happened, of, EVERYTHING_AUTOMATIC, { ticketId: 7, afterAuditId: 5, at, calendarOf })!.id,
        )
        expect(ids[0]).toBe(ids[1])
      }),
    )
  })
})

/** Texts of a note long enough not to be part of a template by chance. */
function notesOf({ note }: Escalation): string[] {
  return [note.issue.summary, note.escalation_reason, note.diagnostics.log_excerpts, ...note.steps_taken].filter(
    (text) => text.trim().length > 8,
  )
}
