import { type Share, shareOf } from '../review/share.ts'
import type { Instant } from '../units.ts'
import { type AuditMeans, type Finding, PATTERNS, type Pattern, type Rule, type RuleOutcome } from './finding.ts'
import { outAndBack } from './out-and-back.ts'
import { PATTERN_WORDS } from './patterns.ts'
import { priorityFlip } from './priority-flip.ts'
import { silentPending } from './silent-pending.ts'
import { solveReopen } from './solve-reopen.ts'
import { stopComment } from './stop-comment.ts'
import { type TicketChange, updatesOf } from './update.ts'

const RULES: Readonly<Record<Pattern, Rule>> = {
  'solve-reopen': solveReopen,
  'silent-pending': silentPending,
  'priority-flip': priorityFlip,
  'stop-comment': stopComment,
  'out-and-back': outAndBack,
}

export type TicketAudit = Record<Pattern, RuleOutcome>

/** What the history of one ticket shows of each pattern. */
export function auditTicket(changes: readonly TicketChange[], means: AuditMeans): TicketAudit {
  const updates = updatesOf(changes)
  return Object.fromEntries(PATTERNS.map((pattern) => [pattern, RULES[pattern](updates, means)])) as TicketAudit
}

/** A finding with what it moved. */
export type ShownFinding = Finding & {
  /** Clocks of Baton's that stood still meanwhile, each by so much of its own time; empty for a ticket without an escalation. */
  moved: { clock: string; ms: number }[]
}

export type AuditedPerson = {
  id: number
  share: Share
  /** Everybody else, over the same time. */
  peers: Share
  /** The interval lies wholly above that of the others: worth a look, and no more. */
  standsOut: boolean
}

export type AuditedPattern = {
  pattern: Pattern
  title: string
  definition: string
  of: string
  also: string
  share: Share
  /** Calendar time of all findings together. */
  lastedMs: number
  findings: ShownFinding[]
  /** Whoever had at least `least` chances and is in a finding, the clearest first. */
  people: AuditedPerson[]
}

export type ClockAudit = {
  from: Instant
  to: Instant
  tickets: number
  least: number
  patterns: AuditedPattern[]
}

/** Findings and chances over many tickets, gathered ticket by ticket. */
export type AuditTally = Record<Pattern, { findings: ShownFinding[]; chances: Map<number, number> }>

export function newTally(): AuditTally {
  return Object.fromEntries(
    PATTERNS.map((pattern) => [pattern, { findings: [], chances: new Map() }]),
  ) as unknown as AuditTally
}

/** Adds what began in [from, to). */
export function addToTally(
  tally: AuditTally,
  audit: TicketAudit,
  { from, to }: { from: Instant; to: Instant },
  movedBy: (finding: Finding) => ShownFinding['moved'],
): void {
  const isWithin = (at: Instant) => at >= from && at < to
  for (const pattern of PATTERNS) {
    const { findings, chances } = audit[pattern]
    const kept = tally[pattern]
    for (const { byId, at } of chances) if (isWithin(at)) kept.chances.set(byId, (kept.chances.get(byId) ?? 0) + 1)
    for (const finding of findings) {
      if (isWithin(finding.from)) kept.findings.push({ ...finding, moved: movedBy(finding) })
    }
  }
}

/** By pattern before person; people only where they had enough chances for a share to mean something. */
export function clockAudit(
  tally: AuditTally,
  { from, to, tickets, least }: Pick<ClockAudit, 'from' | 'to' | 'tickets' | 'least'>,
): ClockAudit {
  const patterns = PATTERNS.map((pattern): AuditedPattern => {
    const { findings, chances } = tally[pattern]
    const all = [...chances.values()].reduce((sum, count) => sum + count, 0)
    return {
      ...{ pattern, ...PATTERN_WORDS[pattern], share: shareOf(findings.length, all) },
      lastedMs: findings.reduce((sum, one) => sum + one.to - one.from, 0),
      findings: findings.toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.ticketId - b.ticketId),
      people: peopleOf(findings, chances, all, least),
    }
  })
  return { from, to, tickets, least, patterns }
}

function peopleOf(
  findings: readonly Finding[],
  chances: ReadonlyMap<number, number>,
  all: number,
  least: number,
): AuditedPerson[] {
  const counts = Map.groupBy(findings, ({ byId }) => byId)
  return [...counts]
    .filter(([id]) => (chances.get(id) ?? 0) >= least)
    .map(([id, own]) => {
      const share = shareOf(own.length, chances.get(id)!)
      const peers = shareOf(findings.length - own.length, all - chances.get(id)!)
      return { id, share, peers, standsOut: peers.of > 0 && share.low > peers.high }
    })
    .toSorted((a, b) => b.share.low - a.share.low || a.id - b.id)
}
