import type { ClockView, TimelineEntry } from '../contract/api.ts'
import type { Escalation } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import { clocksSection } from './clocks-section.ts'
import { noteSections } from './note-sections.ts'
import type { Packet, PacketFact, PacketRemark, PacketSection, SimilarCase } from './shape.ts'
import { summaryOf } from './summary.ts'
import { isoOf, STAGE_WORDS } from './words.ts'
import { workSection } from './work-section.ts'

export type PacketInput = {
  audience: Packet['audience']
  asOf: Instant
  escalation: Escalation
  ticket: {
    id: number
    subject: string
    status: string
    priority: string | null
    createdAt: Instant
    url: string | null
  }
  requester: { name: string; email: string | null; locale: string | null } | null
  organization: { name: string } | null
  /** Oldest first, private ones too. */
  comments: readonly PacketRemark[]
  /** Private comments are left out unless somebody asks for them; executives never get them. */
  withInternal: boolean
  timeline: readonly TimelineEntry[]
  clocks: readonly ClockView[]
  similar: readonly SimilarCase[]
}

/**
 * The packet of an escalation. Nothing is shortened and nothing is added: every sentence of somebody's is whole, and
 * every other one follows from the decision, the clocks and the record.
 */
export function packetOf(input: PacketInput): Packet {
  const { audience, asOf, escalation, ticket } = input
  const sections = audience === 'executives' ? executiveSections(input) : receiverSections(input)
  return {
    audience,
    escalationId: escalation.id,
    ticketId: ticket.id,
    ticketUrl: ticket.url,
    title: ticket.subject,
    severity: escalation.decision.severity,
    stage: STAGE_WORDS[escalation.stage],
    asOf: isoOf(asOf),
    summary: summaryOf(input),
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  }
}

function receiverSections(input: PacketInput): PacketSection[] {
  const { escalation } = input
  const { problem, customer, diagnostics, handover } = noteSections(escalation)
  return [
    ...problem,
    { ...customer, blocks: [...customer.blocks, { kind: 'facts', heading: 'Ticket', facts: ticketFacts(input) }] },
    diagnostics,
    workSection(escalation),
    conversationSection(input),
    decisionSection(escalation),
    clocksSection(input.clocks),
    similarSection(input.similar),
    timelineSection(input.timeline),
    handover,
  ]
}

/** How it came and where it stands; what was tried is for those who work on it. */
function executiveSections({ escalation, clocks, similar }: PacketInput): PacketSection[] {
  const { customer } = noteSections(escalation)
  return [customer, workSection(escalation), clocksSection(clocks), similarSection(similar)]
}

function ticketFacts({ ticket, requester, organization }: PacketInput): PacketFact[] {
  return [
    fact('Status', ticket.status),
    fact('Priority', ticket.priority),
    { label: 'Created', text: '', at: isoOf(ticket.createdAt) },
    fact('Requester', requester && [requester.name, requester.email].filter(Boolean).join(', ')),
    fact('Language', requester?.locale),
    fact('Organization', organization?.name),
  ].filter((one) => one.text !== '' || one.at !== undefined)
}

function fact(label: string, text: string | null | undefined): PacketFact {
  return { label, text: text ?? '' }
}

function conversationSection({ comments, withInternal, audience }: PacketInput): PacketSection {
  const remarks = comments.filter(({ isPublic }) => isPublic || (withInternal && audience === 'receivers'))
  const nothing = 'Nothing was said in public yet.'
  return {
    id: 'conversation',
    title: withInternal ? 'Conversation, with internal comments' : 'Conversation with the customer',
    blocks:
      remarks.length > 0
        ? [{ kind: 'conversation', remarks: remarks.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) }]
        : [{ kind: 'text', heading: null, text: nothing }],
  }
}

function decisionSection({ decision }: Escalation): PacketSection {
  const { reasons, urgency, tierName, queueName, tier, policyVersion } = decision
  const points = urgency.points.map(({ title, points }) => [title, String(points)])
  return {
    id: 'decision',
    title: 'Decision',
    blocks: [
      {
        kind: 'facts',
        heading: null,
        facts: [
          fact('Tier', `${tier}, ${tierName}`),
          fact('Queue', queueName),
          fact('Severity', decision.severity),
          fact('Priority', decision.priority),
          fact('Policy', `version ${policyVersion}`),
        ],
      },
      ...(reasons.length > 0 ? [{ kind: 'list', heading: 'Reasons', items: reasons, isNumbered: false } as const] : []),
      {
        kind: 'table',
        columns: ['Urgency', 'Points'],
        rows: [...points, ['Sum, at most 100', String(urgency.score)]],
      },
    ],
  }
}

function similarSection(similar: readonly SimilarCase[]): PacketSection {
  // The link is the one line that names it: an outcome may hold addresses of its own.
  const facts = similar.flatMap(({ id, summary, outcome, url }): PacketFact[] => [
    { label: id, text: summary || id, ...(url === null ? {} : { url }) },
    { label: 'How it ended', text: outcome },
  ])
  return {
    id: 'similar',
    title: 'Similar cases',
    blocks: facts.length > 0 ? [{ kind: 'facts', heading: null, facts }] : [],
  }
}

function timelineSection(timeline: readonly TimelineEntry[]): PacketSection {
  const events = timeline.map(({ at, by, text }) => ({ at, by: by?.name ?? null, text }))
  return { id: 'timeline', title: 'Timeline', blocks: events.length > 0 ? [{ kind: 'timeline', events }] : [] }
}
