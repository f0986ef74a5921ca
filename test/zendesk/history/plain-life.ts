import { BATON_TAG } from '../../../core/contract/command.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { orderedAutomations } from '../automations/automation.ts'
import { runOn } from '../automations/run.ts'
import type { Ticket } from '../state/model.ts'
import { deleteTicket } from '../tickets/delete.ts'
import { mergeTickets } from '../tickets/merge.ts'
import type { Life } from './agenda.ts'
import { around } from './hours.ts'
import type { TicketPlan } from './plan.ts'
import type { Scene } from './scene.ts'
import { WELCOMING } from './staff.ts'
import { say } from './words.ts'

const THANKS = ['Thank you, that works.', 'Perfect, thanks a lot!', 'That was it, thank you.', 'Works now.']
const NOT_YET = ['It is not solved for us, it happened again.', 'Sadly it is back this morning.', 'That did not help.']
const CLOSING = ['I am closing this for now; just answer if it comes back.', 'Glad to help. Have a good day!']
const WAITING = ['We are looking into it.', 'Noted, more soon.']

/** A ticket that the first line solves by itself. */
export async function* plainLife(scene: Scene, plan: TicketPlan): Life {
  const { agent, requester, random } = plan
  const id = (goOn(scene, plan) ?? openTicket(scene, plan)).id
  yield scene.hours.after(agent.office, scene.now(), around(25, random))
  if (random.chance(0.006))
    return deleteTicket(scene.world, { user: scene.staff.admin, channel: 'web' }, scene.ticket(id))
  const twin = random.chance(0.012) ? twinOf(scene, id) : null
  if (twin !== null) {
    const writer = { user: agent.user, channel: 'web' }
    return void mergeTickets(scene.world, writer, scene.ticket(twin), [id], {})
  }
  triage(scene, plan, id)

  yield* talk(scene, plan, id)
  yield scene.hours.after(agent.office, scene.now(), around(90, random))
  scene.reply(agent.user, id, say(CLOSING, random), { status: 'solved' })
  if (random.chance(0.05)) {
    yield scene.now() + around(600, random) * MINUTE_MS
    scene.reply(requester, id, say(NOT_YET, random))
    yield scene.hours.after(agent.office, scene.now(), around(120, random))
    scene.reply(agent.user, id, say(CLOSING, random), { status: 'solved' })
  }
  yield* closing(scene, id)
}

/** Writes the ticket as the customer would. */
export function openTicket(scene: Scene, plan: TicketPlan): Ticket {
  const { about, requester, random } = plan
  const channel = random.chance(0.65) ? 'email' : 'web'
  if ('theme' in about) {
    const { subjects, openings, tags } = about.theme
    const changes = { subject: say(subjects, random), tags: [...tags], type: random.chance(0.6) ? 'incident' : null }
    return scene.open(requester, channel, { ...changes, comment: { body: say(openings, random), public: true } })
  }
  const { subjects, openings, tags, type } = about.everyday
  const line = random.between(0, subjects.length - 1)
  const changes = { subject: say([subjects[line]!], random), tags: [...tags], type }
  return scene.open(requester, channel, { ...changes, comment: { body: say([openings[line]!], random), public: true } })
}

/** Somebody answers a ticket that is closed, which begins another. */
function goOn(scene: Scene, { requester, random }: TicketPlan): Ticket | null {
  const closed = scene.lastClosed.get(requester.id)
  if (closed === undefined || !random.chance(0.05)) return null
  const comment = { body: say(NOT_YET, random), public: true }
  return scene.open(requester, 'email', { via_followup_source_id: closed, comment })
}

/** Somebody of the first line takes it. */
export function triage(scene: Scene, { agent, about, random }: TicketPlan, id: number): void {
  const priority = random.pick(['low', 'normal', 'normal', 'normal', 'high', 'high', 'urgent'])
  const isNewcomers = agent.welcomes && 'everyday' in about && random.chance(0.4)
  const group_id = scene.groupId(isNewcomers ? WELCOMING : 'Support')
  if (!agent.user.active) return
  scene.write(agent.user, id, { assignee_id: agent.user.id, group_id, priority })
}

async function* talk(scene: Scene, plan: TicketPlan, id: number): Life {
  const { agent, requester, random } = plan
  for (let turn = random.between(1, 3); turn > 0; turn--) {
    yield scene.hours.after(agent.office, scene.now(), around(45, random))
    if (agent.games && random.chance(0.25)) yield* playForTime(scene, plan, id)
    scene.reply(agent.user, id, answerTo(plan, id, scene), random.chance(0.6) ? { status: 'pending' } : {})
    if (random.chance(0.3)) continue
    yield scene.now() + around(200, random) * MINUTE_MS
    scene.reply(
      requester,
      id,
      say(turn === 1 ? THANKS : ['I will try that and tell you.', 'Here is what you asked for.'], random),
    )
  }
}

/** What makes figures look better and helps nobody: solved and opened again, pending without a question, urgent for a moment. */
async function* playForTime(scene: Scene, { agent, random }: TicketPlan, id: number): Life {
  const { user } = agent
  const game = random.between(0, 2)
  if (game === 0) {
    scene.write(user, id, { status: 'solved' })
    yield scene.now() + random.between(2, 9) * MINUTE_MS
    scene.write(user, id, { status: 'open' })
  } else if (game === 1) {
    scene.reply(user, id, say(WAITING, random), { status: 'pending' })
    yield scene.hours.after(agent.office, scene.now(), around(240, random))
    scene.write(user, id, { status: 'open' })
  } else {
    const before = scene.ticket(id).priority ?? 'normal'
    scene.write(user, id, { priority: 'low' })
    yield scene.now() + random.between(1, 3) * HOUR_MS
    scene.write(user, id, { priority: before === 'low' ? 'normal' : before })
  }
}

/** What somebody of the first line says; of everyday matters, what was asked. */
export function answerTo({ about, random }: TicketPlan, id: number, scene: Scene): string {
  if ('theme' in about) return say(about.theme.answers, random)
  const { subjects, answers } = about.everyday
  const { subject } = scene.ticket(id)
  const line = subjects.findIndex((one) => subject.startsWith(one.split('{')[0]!))
  return say(line === -1 ? answers : [answers[line]!], random)
}

/** Four days after it was solved, at a full hour, the account's automation closes it. */
export async function* closing(scene: Scene, id: number): Life {
  const HOURS = 97
  yield Math.floor((scene.now() + HOURS * HOUR_MS) / HOUR_MS) * HOUR_MS
  const ticket = scene.ticket(id)
  if (ticket.status !== 'solved') return
  runOn(scene.world, ticket, orderedAutomations(scene.world.state)[0]!)
  if (ticket.tags.includes(BATON_TAG)) scene.baton.notice(id)
  else scene.lastClosed.set(ticket.requester_id, id)
}

/** Another ticket that the same person wrote just before. */
function twinOf({ world, now }: Scene, id: number): number | null {
  const { requester_id } = world.state.tickets[id]!
  for (let other = id - 1; other > id - 400 && other > 0; other--) {
    const ticket = world.state.tickets[other]
    if (!ticket || ticket.created_at < now() - 48 * HOUR_MS) return null
    if (ticket.requester_id === requester_id && ticket.status !== 'closed' && ticket.status !== 'deleted') return other
  }
  return null
}
