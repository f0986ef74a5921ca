import type { CalendarOf } from '../../../core/clock/sla.ts'
import { countdownsOf } from '../../../core/escalation/countdowns.ts'
import { type Escalation, presentHandOver } from '../../../core/escalation/state.ts'
import type { Severity } from '../../../core/severity.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import type { Random } from '../../support/random.ts'
import type { User } from '../state/model.ts'
import type { Life } from './agenda.ts'
import { around, type Office } from './hours.ts'
import type { TicketPlan } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Specialist } from './staff.ts'
import type { Theme } from './theme.ts'
import { say } from './words.ts'

/** An escalated ticket, and what is settled about how it goes. */
export type Case = {
  scene: Scene
  plan: TicketPlan
  id: number
  theme: Theme
  severity: Severity
  needsCode: boolean
  /** The note names a component that is not the one. */
  isMistaken: boolean
  isReturned: boolean
  /** How often the customer was told how it goes. */
  updates: number
  random: Random
}

export type Standing = {
  open: Escalation
  stage: Escalation['stage']
  hands: number
  queue: string
  group: string | null
}

/** Where the escalation stands by Baton's record; null once it is over. */
export function standingOf({ scene, id }: Case): Standing | null {
  const open = scene.baton.openOn(id)
  if (!open) return null
  const { queue } = presentHandOver(open)
  return { open, stage: open.stage, hands: open.handOvers.length, queue, group: open.decision.group }
}

/** Whether nothing happened since that changes whose turn it is. */
export function isStill(one: Case, before: Standing): boolean {
  const now = standingOf(one)
  return now !== null && now.stage === before.stage && now.hands === before.hands && now.open.id === before.open.id
}

/** Whoever has it; else somebody of the group it came to, from the office that is open. */
export function receiverOf({ scene, random }: Case, { open, group }: Standing): Specialist {
  const people = (group && scene.staff.specialists[group]) || []
  const atWork = people.filter(({ office }) => scene.hours.isOpen(office, scene.now()))
  return people.find(({ user }) => user.id === open.owner?.id) ?? random.pick(atWork.length > 0 ? atWork : people)
}

/** An instant as people name one: to the quarter of an hour. */
export function roughly(at: Instant): string {
  const QUARTER_MS = 15 * MINUTE_MS
  return `${new Date(Math.ceil(at / QUARTER_MS) * QUARTER_MS).toISOString().slice(0, 16)}:00Z`
}

/** Working time, or any time for what must not wait. */
export function later({ scene, severity }: Case, office: Office, minutes: number): Instant {
  const { hours, now } = scene
  return severity === 'P0' ? now() + Math.max(1, minutes) * MINUTE_MS : hours.after(office, now(), minutes)
}

const UPDATES = [
  'A short update: our specialists are still on it. I will write again as soon as there is news.',
  'We could reproduce it and are looking for the cause.',
  'It is with our engineers now. Thank you for your patience.',
  'No final answer yet; the colleagues have asked for logs of the time you named.',
  'We have an idea of the cause and are testing it.',
]
const CUSTOMER_WORDS = [
  'Thank you for the update.',
  'Please hurry, it costs us hours every day.',
  'Is there a date?',
  'OK, we wait.',
]

/** Lets work go on until then; meanwhile the customer hears how it goes, or does not. */
export async function* work(one: Case, until: Instant, calendarOf: CalendarOf): Life {
  const { scene, plan, id, random } = one
  for (;;) {
    const due = promiseDue(one, calendarOf)
    if (due === null || due >= until) break
    const isKept = random.chance(one.updates < 3 ? 0.85 : 0.45)
    if (!isKept && random.chance(0.5)) break
    const at = isKept ? due - random.between(4, 40) * MINUTE_MS : due + around(60, random) * MINUTE_MS
    if (at >= until) break
    if (at > scene.now()) yield at
    if (standingOf(one) === null) return
    one.updates++
    scene.reply(plan.agent.user, id, say(UPDATES, random))
    if (random.chance(0.2)) {
      yield scene.now() + around(50, random) * MINUTE_MS
      scene.reply(plan.requester, id, say(CUSTOMER_WORDS, random))
    } else {
      // Baton reads the answer before anybody asks it again.
      yield scene.now() + MINUTE_MS
    }
  }
  if (until > scene.now()) yield until
}

function promiseDue({ scene, id }: Case, calendarOf: CalendarOf): Instant | null {
  const state = scene.baton.stateOf(id)
  if (!state) return null
  return countdownsOf(state, calendarOf, scene.now()).find((due) => due.id.includes('/promise/'))?.at ?? null
}

/** Somebody of the first line, or a colleague when they are gone. */
export function firstLineOf({ scene, plan }: Case): User {
  const { user } = plan.agent
  return user.active ? user : scene.staff.admin
}
