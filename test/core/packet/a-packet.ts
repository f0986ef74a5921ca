import type { ClockView, TimelineEntry } from '../../../core/contract/api.ts'
import { newLife } from '../../../core/escalation/life-state.ts'
import type { Escalation } from '../../../core/escalation/state.ts'
import type { PacketInput } from '../../../core/packet/packet.ts'
import type { PacketRemark } from '../../../core/packet/shape.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { aNote } from '../../support/notes.ts'
import { aDecision, NINE } from '../escalation/facts.ts'

export const TEN = NINE + HOUR_MS

export function anEscalation(given: Partial<Escalation> = {}): Escalation {
  return {
    ...newLife(),
    id: 'ESC-2026-000123',
    commandId: '01J00000000000000000000001',
    stage: 'investigating',
    note: aNote(),
    decision: aDecision(),
    owed: [],
    requestedBy: { id: 11, name: 'Ana Lindqvist' },
    requestedAt: NINE,
    respondBy: null,
    handOvers: [],
    signals: [],
    stageSince: NINE + HOUR_MS / 2,
    from: { groupName: 'Support', tier: 1, priority: 'normal', tags: [] },
    routing: { effectId: 'e', state: 'done', reason: null, detail: null, attempts: 1, differences: [] },
    ...given,
  }
}

export function aRemark(given: Partial<PacketRemark> = {}): PacketRemark {
  const said = 'Since this morning nobody here can sign in.'
  return {
    at: '2026-03-06T08:00:00.000Z',
    by: 'Jane Doe',
    role: 'customer',
    isPublic: true,
    text: said,
    attachments: [],
    ...given,
  }
}

export function aClock(given: Partial<ClockView> = {}): ClockView {
  return {
    ...{ id: 'ESC-2026-000123/0/resolution', name: 'resolution', tier: 2, state: 'running' },
    ...{ targetMs: 8 * HOUR_MS, elapsedMs: HOUR_MS, deadline: '2026-03-06T17:00:00.000Z', breachedAt: null },
    ...{ paused: null, schedule: null, counting: [] },
    ...given,
  }
}

export function anEntry(given: Partial<TimelineEntry> = {}): TimelineEntry {
  const by = { id: 11, name: 'Ana Lindqvist' }
  return {
    at: '2026-03-06T09:00:00.000Z',
    kind: 'requested',
    by,
    text: 'Escalated to tier 2, queue identity',
    ...given,
  }
}

export function anInput(given: Partial<PacketInput> = {}): PacketInput {
  return {
    audience: 'receivers',
    asOf: TEN,
    escalation: anEscalation(),
    ticket: {
      ...{ id: 35436, subject: 'SSO login fails', status: 'open', priority: 'high', createdAt: NINE - HOUR_MS },
      url: 'https://acme.zendesk.com/agent/tickets/35436',
    },
    requester: { name: 'Jane Doe', email: 'jane@acme.com', locale: 'en-US' },
    organization: { name: 'Acme' },
    comments: [aRemark()],
    withInternal: false,
    timeline: [anEntry()],
    clocks: [aClock()],
    similar: [],
    ...given,
  }
}
