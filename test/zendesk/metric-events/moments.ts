import type { Calendar } from '../../../core/clock/calendar.ts'
import type { Instant } from '../../../core/units.ts'
import { isEndUser, isLightAgent } from '../people/roles.ts'
import { calendarAt } from '../schedules/calendar.ts'
import { scheduleOf } from '../schedules/find.ts'
import { POLICY_METRICS, type PolicyMetricName, type SlaTarget, type SlaTargets } from '../slas/policy.ts'
import type { Audit, AuditEvent, State, TicketStatus } from '../state/model.ts'

/** A ticket as it was after one of its audits, as far as clocks care. */
export type Moment = {
  at: Instant
  auditId: number
  isCreate: boolean
  status: TicketStatus
  groupId: string | null
  assigneeId: string | null
  /** Whose public comment it holds; an agent who is the requester writes as a customer. */
  publicComment: 'customer' | 'agent' | null
  /** Who opened the ticket: a customer, an agent, or a light agent for themselves. */
  isOpenedByCustomer: boolean
  policy: { id: number; title: string } | null
  targets: SlaTargets
  /** The metrics whose policy or target changed here. */
  newTargets: Set<PolicyMetricName>
  /** Business hours, as they were when the SLA was last decided. */
  calendar: Calendar
}

/** The ticket's audits, oldest first, folded into what it was after each. */
export function momentsOf(state: State, ticketId: number): Moment[] {
  const moments: Moment[] = []
  let requesterId: string | null = null
  let scheduleId: number | null = null
  for (const audit of state.audits[ticketId] ?? []) {
    const before = moments.at(-1)
    const last = (field: string) => audit.events.findLast((event) => event.field_name === field)?.value
    requesterId = textOr(last('requester_id'), requesterId)
    const assigned = audit.events.findLast(({ type }) => type === 'ScheduleAssignment')
    if (assigned) scheduleId = Number(assigned.new_schedule_id)
    const sla = readSla(audit, before)
    const isDecided = !before || assigned !== undefined || sla.newTargets.size > 0
    const comment = audit.events.find(({ type }) => type === 'Comment')
    moments.push({
      at: audit.created_at,
      auditId: audit.id,
      isCreate: !before,
      status: (last('status') as TicketStatus | undefined) ?? before?.status ?? 'new',
      groupId: textOr(last('group_id'), before?.groupId ?? null),
      assigneeId: textOr(last('assignee_id'), before?.assigneeId ?? null),
      publicComment: comment?.public === true ? writerOf(state, comment, requesterId) : null,
      isOpenedByCustomer: before?.isOpenedByCustomer ?? isOpenedByCustomer(state, comment, requesterId),
      ...sla,
      calendar: isDecided
        ? calendarAt(scheduleOf(state, { schedule_id: scheduleId }), audit.created_at)
        : before.calendar,
    })
  }
  return moments
}

export function isSolved({ status }: Pick<Moment, 'status'>): boolean {
  return status === 'solved' || status === 'closed'
}

function readSla({ events }: Audit, before: Moment | undefined): Pick<Moment, 'policy' | 'targets' | 'newTargets'> {
  let policy = before?.policy ?? null
  const targets: SlaTargets = { ...before?.targets }
  const newTargets = new Set<PolicyMetricName>()
  for (const { field_name, value, via } of events) {
    if (via?.source.rel !== 'sla_target_change') continue
    const { id, title } = via.source.from as { id: number; title: string }
    if (field_name === 'sla_policy') {
      policy = value === null ? null : { id, title }
      for (const metric of POLICY_METRICS) if (targets[metric]) newTargets.add(metric)
      continue
    }
    const metric = field_name as PolicyMetricName
    newTargets.add(metric)
    if (value === null) delete targets[metric]
    else targets[metric] = value as SlaTarget
  }
  return { policy, targets, newTargets }
}

function writerOf(state: State, comment: AuditEvent, requesterId: string | null): 'customer' | 'agent' {
  const author = state.users[Number(comment.author_id)]
  return !author || isEndUser(author) || String(author.id) === requesterId ? 'customer' : 'agent'
}

/** A customer's ticket, also when an agent passed it on in the customer's name, and a light agent's own. */
function isOpenedByCustomer(state: State, comment: AuditEvent | undefined, requesterId: string | null): boolean {
  const requester = state.users[Number(requesterId)]
  if (requester && isLightAgent(requester)) return true
  const author = state.users[Number(comment?.author_id)]
  return !author || isEndUser(author)
}

function textOr(value: unknown, otherwise: string | null): string | null {
  return value === undefined ? otherwise : (value as string | null)
}
