import type { Stage } from '../contract/api.ts'
import type { EscalationEvent } from '../escalation/events.ts'
import type { Instant } from '../units.ts'

/** How long an escalation was in a stage, with one tier. `to` is null while it still is. */
export type Stay = { escalationId: string; stage: Stage; tier: number; from: Instant; to: Instant | null }

/**
 * The stays of escalations, from the record. Stages that follow from what people said are told apart as far as their
 * events tell them.
 *
 * @param events oldest first; of several escalations, mixed
 */
export function staysOf(events: readonly EscalationEvent[]): Stay[] {
  const stays: Stay[] = []
  const current = new Map<string, Stay>()
  for (const event of events) {
    const { escalationId, at } = event
    if (escalationId === null) continue
    const before = current.get(escalationId) ?? null
    const next = afterEvent(event, before)
    if (next === null || (before && next.stage === before.stage && next.tier === before.tier)) continue
    // What was noticed late may stand before what was known sooner.
    if (before) before.to = Math.max(before.from, at)
    const stay = { escalationId, ...next, from: at, to: null }
    current.set(escalationId, stay)
    stays.push(stay)
  }
  return stays.filter(({ stage }) => stage !== 'closed' && stage !== 'rejected')
}

type Place = Pick<Stay, 'stage' | 'tier'>

/** Null for an event that changes no stage. */
function afterEvent(event: EscalationEvent, before: Place | null): Place | null {
  switch (event.kind) {
    case 'requested':
    case 'registered':
    case 'raised':
    case 'handed-on':
    case 'came-back':
      return { stage: 'requested', tier: event.tier }
  }
  if (!before) return null
  const stage = stageAfter(event)
  return stage && { stage, tier: before.tier }
}

function stageAfter(event: EscalationEvent): Stage | null {
  switch (event.kind) {
    case 'accepted':
      return 'accepted'
    case 'progressed':
      return event.status
    case 'fix-available':
      return 'fixing'
    case 'returned':
      return 'returned'
    case 'resolved':
      return event.monitoringUntil === null ? 'resolved' : 'monitoring'
    case 'monitoring-ended':
      return 'resolved'
    case 'deescalated':
    case 'withdrawn':
    case 'ticket-ended':
    case 'moved':
      return 'closed'
    case 'rejected':
      return event.ends ? 'rejected' : null
    default:
      return null
  }
}

/** What is usual for a stage in a tier: how long nine in ten have left it after. */
export type Usual = (stage: Stage, tier: number) => { p90Ms: number; count: number } | null

/** @param least with fewer finished stays than this, nothing is usual yet */
export function usualOf(stays: readonly Stay[], least: number): Usual {
  const spans = new Map<string, number[]>()
  for (const { stage, tier, from, to } of stays) {
    if (to === null) continue
    const key = `${stage}/${tier}`
    spans.set(key, [...(spans.get(key) ?? []), to - from])
  }
  const usual = new Map(
    [...spans]
      .filter(([, list]) => list.length >= least)
      .map(([key, list]) => [key, { p90Ms: percentile(list, 90), count: list.length }]),
  )
  return (stage, tier) => usual.get(`${stage}/${tier}`) ?? null
}

/** The nearest rank: a value that occurred. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!
}
