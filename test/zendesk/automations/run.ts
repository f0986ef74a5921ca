import { DAY_MS, HOUR_MS } from '../../../core/units.ts'
import { SYSTEM_USER } from '../people/system-user.ts'
import { runAction } from '../rules/actions.ts'
import { runTriggers } from '../rules/run.ts'
import { applySlaPolicies } from '../slas/apply.ts'
import type { Audit, Ticket, Via } from '../state/model.ts'
import { changeByRule } from '../tickets/rule-change.ts'
import { touch } from '../tickets/write.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { type Automation, orderedAutomations } from './automation.ts'
import { matches } from './conditions.ts'
import { timeConditionHolds } from './time-conditions.ts'

/** After so long Zendesk closes a solved ticket, whatever automations there are. */
const CLOSED_BY_SYSTEM_HOURS = (28 * DAY_MS) / HOUR_MS

/** Runs the automations at every full hour of the world's clock, until the returned function is called. */
export function startAutomations(world: World): () => void {
  let cancel = scheduleNext()
  return () => cancel()

  function scheduleNext(): () => void {
    const next = (Math.floor(world.clock.now() / HOUR_MS) + 1) * HOUR_MS
    return world.clock.schedule(next, () => {
      runAutomations(world)
      cancel = scheduleNext()
    })
  }
}

/** One hourly run: on each ticket the first automation, in order, whose conditions hold, and no other. */
export function runAutomations(world: World): void {
  const automations = orderedAutomations(world.state).filter(({ active }) => active)
  for (const ticket of Object.values(world.state.tickets)) {
    if (ticket.status === 'closed' || ticket.status === 'deleted') continue
    const automation = automations.find(({ conditions }) => matches(world, ticket, conditions))
    if (automation) runOn(world, ticket, automation)
    closeOld(world, world.state.tickets[ticket.id]!)
  }
}

export function runOn(world: World, ticket: Ticket, { id, title, revision, actions }: Automation): void {
  const from = { id, title, deleted: false, revision_id: revision }
  const via: Via = { channel: 'rule', source: { from, to: {}, rel: 'automation' } }
  update(world, ticket, via, (draft) => {
    for (const action of actions) runAction(world, draft, action, via)
  })
}

function closeOld(world: World, ticket: Ticket): void {
  const isOld = { field: 'SOLVED', operator: 'greater_than', value: CLOSED_BY_SYSTEM_HOURS }
  if (ticket.status !== 'solved' || !timeConditionHolds(world, ticket, isOld)) return
  const via: Via = { channel: 'system', source: { from: {}, to: {}, rel: null } }
  update(world, ticket, via, (draft) => void draft.change('status', 'closed', via))
}

/** An update without a person: its own audit, after which triggers run and SLA policies are decided, as after any other. */
function update(world: World, ticket: Ticket, via: Via, act: (draft: UpdateInProgress) => void): void {
  const now = world.clock.now()
  const audit: Audit = {
    ...{ id: world.nextId('audit'), ticket_id: ticket.id, created_at: now, author_id: SYSTEM_USER.id },
    metadata: { system: {}, custom: {} },
    ...{ via, events: [] },
  }
  const draft: UpdateInProgress = {
    ...{ ticket, before: structuredClone(ticket), audit, actor: SYSTEM_USER, comment: null, isCreate: false },
    change: (field, value, ruleVia) => changeByRule(world, draft, field, value, ruleVia),
  }
  act(draft)
  if (audit.events.length === 0) return
  world.state.audits[ticket.id] ??= []
  world.state.audits[ticket.id]!.push(audit)
  touch(ticket, now)
  runTriggers(world, draft)
  applySlaPolicies(world, draft)
}
