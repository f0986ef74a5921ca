import type { CalendarOf } from '../../../core/clock/sla.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import type { Life } from './agenda.ts'
import { type Case, firstLineOf } from './case.ts'
import { episode } from './episode.ts'
import { around } from './hours.ts'
import { noteOf, severityOf } from './note-of.ts'
import { answerTo, closing, openTicket, triage } from './plain-life.ts'
import type { TicketPlan } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Theme } from './theme.ts'
import { say } from './words.ts'

/** A ticket that the first line hands over, once or twice. */
export async function* escalatedLife(scene: Scene, plan: TicketPlan, calendarOf: CalendarOf): Life {
  const { agent, requester, random } = plan
  const { theme } = plan.about as { theme: Theme }
  const severity = severityOf(theme, random)
  const id = openTicket(scene, plan).id
  yield scene.hours.after(agent.office, scene.now(), around(severity === 'P0' ? 6 : 22, random))
  triage(scene, plan, id)
  yield scene.hours.after(agent.office, scene.now(), around(severity === 'P0' ? 4 : 20, random))
  scene.reply(agent.user, id, answerTo(plan, id, scene))
  if (severity !== 'P0' && random.chance(0.6)) {
    yield scene.now() + around(90, random) * MINUTE_MS
    scene.reply(
      requester,
      id,
      say(
        ['Done, no change.', 'It is still the same. Please treat this as urgent.', 'I sent what you asked for.'],
        random,
      ),
    )
  }
  const tried = severity === 'P0' ? 5 : severity === 'P1' ? 25 : 110 * agent.patience
  yield scene.hours.after(agent.office, scene.now(), around(tried, random))

  const one: Case = {
    ...{ scene, plan, id, theme, severity, random, updates: 0, isReturned: false },
    needsCode: random.chance(theme.needsCode),
    isMistaken: severity !== 'P0' && severity !== 'P1' && random.chance(0.07),
  }
  yield* handOver(one)
  yield* episode(one, calendarOf)
  yield* tellAndSolve(one)
  if (plan.escalation!.isTwice) {
    yield scene.now() + around(1200, random) * MINUTE_MS
    scene.reply(requester, id, 'It is back since this morning, the same as before.')
    yield scene.hours.after(agent.office, scene.now(), around(60, random))
    yield* handOver(Object.assign(one, { isReturned: true, updates: 0 }))
    yield* episode(one, calendarOf)
    yield* tellAndSolve(one)
  }
  yield* closing(scene, id)
}

/** With a note, which may take two tries, or by moving the ticket and being asked for one. */
async function* handOver(one: Case): Life {
  const { scene, plan, id, theme, severity, random } = one
  const { agent, customer, requester } = plan
  const { subject } = scene.ticket(id)
  const user = firstLineOf(one)
  const note = noteOf({ theme, agent, customer, subject, contact: requester.name, severity, random })
  if (one.isMistaken) note.triage.component = WRONG[theme.mistakenFor]!
  if (plan.escalation!.way === 'move') {
    scene.write(user, id, { group_id: scene.groupId(GROUPS[theme.component]!), assignee_id: null })
    yield scene.hours.after(agent.office, scene.now(), around(50, random))
    if (scene.baton.openOn(id)) scene.send(user, id, note, 'escalate')
  } else {
    if (agent.care < 0.5 && random.chance(0.15)) {
      scene.send(user, id, { ...note, steps_taken: [], escalation_reason: '', suggested_next_step: '' }, 'escalate')
      yield scene.now() + random.between(4, 25) * MINUTE_MS
    }
    if (!scene.baton.openOn(id)) scene.send(user, id, note, 'escalate')
  }
  yield scene.now() + MINUTE_MS
}

const WRONG: Record<string, string> = { integrations: 'api', data: 'exports', identity: 'sso', billing: 'billing' }

const GROUPS: Record<string, string> = {
  ...{ sso: 'Identity specialists', permissions: 'Identity specialists' },
  ...{ api: 'Integrations specialists', webhooks: 'Integrations specialists' },
  ...{ exports: 'Data specialists', search: 'Data specialists', storage: 'Data specialists' },
  billing: 'Billing specialists',
}

/** Back with the first line, who have the last word with the customer. */
async function* tellAndSolve(one: Case): Life {
  const { scene, plan, id, random } = one
  yield scene.hours.after(plan.agent.office, scene.now(), around(80, random))
  const isEnded = ['closed', 'deleted', 'solved'].includes(scene.ticket(id).status)
  if (!isEnded) {
    scene.reply(
      firstLineOf(one),
      id,
      say(
        [
          'I am glad this is solved. Just answer if anything is left.',
          'I am closing this now; thank you for your patience.',
        ],
        random,
      ),
      { status: 'solved' },
    )
  }
}
