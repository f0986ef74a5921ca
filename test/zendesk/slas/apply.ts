import { scheduleOf } from '../schedules/find.ts'
import type { AuditEvent, State, Ticket, Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { matches } from './filter.ts'
import { type AppliedSla, POLICY_METRICS, type SlaPolicy, type SlaTargets } from './policy.ts'

/**
 * Decides what a saved ticket is held to, after its triggers, and tells every new target in its audit.
 *
 * The first policy in order whose filter matches wins. While policy, priority and schedule stay, so do the targets,
 * even when the policy was edited since.
 */
export function applySlaPolicies(world: World, update: UpdateInProgress): void {
  const { ticket, audit } = update
  const before = ticket.sla ?? null
  const policies = orderedPolicies(world.state)
  if ((policies.length === 0 && !before) || ticket.status === 'closed') return

  const policy = policies.find((candidate) => matches(world, update, candidate)) ?? null
  const now = policy && decide(world.state, ticket, policy)
  if (now && before && isSameDecision(now, before)) return
  audit.events.push(...changesOf(world, before, now, update.isCreate))
  ticket.sla = now
}

export function orderedPolicies(state: State): SlaPolicy[] {
  return Object.values(state.sla_policies).sort((a, b) => a.position - b.position || a.id - b.id)
}

function decide(state: State, ticket: Ticket, policy: SlaPolicy): AppliedSla {
  const { priority } = ticket
  const targets: SlaTargets = {}
  for (const { metric, priority: of, target_in_seconds, business_hours } of policy.policy_metrics) {
    // Without a priority there is no target.
    if (of === priority) targets[metric] = { minutes: target_in_seconds / 60, in_business_hours: business_hours }
  }
  if (!targets.first_reply_time) delete targets.next_reply_time
  const schedule_id = scheduleOf(state, ticket)?.id ?? null
  return { policy_id: policy.id, policy_title: policy.title, priority, schedule_id, targets }
}

function isSameDecision(a: AppliedSla, b: AppliedSla): boolean {
  return a.policy_id === b.policy_id && a.priority === b.priority && a.schedule_id === b.schedule_id
}

/** Source: ticket audit events reference, "SLA target change event". A target that ended is null. */
function changesOf(world: World, before: AppliedSla | null, now: AppliedSla | null, isCreate: boolean): AuditEvent[] {
  const { policy_id: id, policy_title: title } = (now ?? before)!
  const from = { id, title, deleted: world.state.sla_policies[id] === undefined }
  const via: Via = { channel: 'rule', source: { from, to: {}, rel: 'sla_target_change' } }
  const type = isCreate ? 'Create' : 'Change'
  const change = (field_name: string, value: unknown, previous_value: unknown): AuditEvent[] => {
    if (JSON.stringify(value) === JSON.stringify(previous_value)) return []
    const previous = isCreate ? {} : { previous_value }
    return [{ id: world.nextId('audit'), type, value, field_name, ...previous, via }]
  }
  return [
    ...(now?.policy_id === before?.policy_id
      ? []
      : change('sla_policy', now?.policy_title ?? null, before?.policy_title ?? null)),
    ...POLICY_METRICS.flatMap((metric) =>
      change(metric, now?.targets[metric] ?? null, before?.targets[metric] ?? null),
    ),
  ]
}
