import type { CalendarOf } from '../../../core/clock/sla.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import type { Life } from './agenda.ts'
import { type Case, firstLineOf, isStill, later, receiverOf, roughly, type Standing, standingOf, work } from './case.ts'
import { returnIt, sendAgain } from './episode-returned.ts'
import { fix, resolveIt } from './episode-solved.ts'
import { around } from './hours.ts'
import { say } from './words.ts'

/** More turns than any case takes: a history must end. */
const MOST_TURNS = 60

/** An escalation from hand to hand, until it is over: each turn is done by whoever has it as Baton's record says. */
export async function* episode(one: Case, calendarOf: CalendarOf): Life {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const standing = standingOf(one)
    if (!standing) return
    switch (standing.stage) {
      case 'requested':
        yield* accept(one, standing)
        break
      case 'returned':
        yield* sendAgain(one, standing)
        break
      case 'accepted':
        yield* look(one, standing, calendarOf)
        break
      case 'investigating':
        yield* investigate(one, standing, calendarOf)
        break
      case 'fixing':
        yield* fix(one, standing, calendarOf)
        break
      default:
        yield* goHome(one, standing)
    }
    // Baton reads what was said before anybody asks it again.
    yield one.scene.now() + MINUTE_MS
  }
}

async function* accept(one: Case, standing: Standing): Life {
  const { scene, id, random, severity } = one
  if (standing.open.approval?.state === 'pending') yield* approve(one)
  const receiver = receiverOf(one, standing)
  const median = severity === 'P0' ? 7 : standing.open.decision.tier > 2 ? 16 : 34
  yield later(one, receiver.office, around(median, random))
  if (!isStill(one, standing)) return

  const isNew = standing.hands === 1
  if (isNew && !one.isReturned && random.chance(0.11)) return returnIt(one, receiver.user)
  if (one.isMistaken && standing.queue === one.theme.mistakenFor) {
    one.isMistaken = false
    const reason = say(
      ['Not ours: the fault is not where the note says', 'This belongs to the colleagues who own it'],
      random,
    )
    return scene.say(receiver.user, id, 'hand-on', { queue: queueOf(one), reason })
  }
  if (random.chance(0.15)) return scene.write(receiver.user, id, { assignee_id: receiver.user.id })
  scene.say(receiver.user, id, 'accept', {})
}

/** The director agrees, or mostly so. */
async function* approve({ scene, id, random }: Case): Life {
  yield scene.now() + around(20, random) * MINUTE_MS
  if (scene.baton.openOn(id)?.approval?.state !== 'pending') return
  const isAgreed = random.chance(0.85)
  if (isAgreed) scene.say(scene.staff.director, id, 'approve', { comment: 'Agreed, I call them myself.' })
  else scene.say(scene.staff.director, id, 'reject', { reason: 'Engineering has it; the desk would not help here.' })
  yield scene.now() + MINUTE_MS
}

async function* look(one: Case, standing: Standing, calendarOf: CalendarOf): Life {
  const { scene, id, random } = one
  const { user, office } = receiverOf(one, standing)
  yield* work(one, later(one, office, around(30, random)), calendarOf)
  if (!isStill(one, standing)) return
  const empty = emptyHeadings(standing)
  if (empty.length > 0 && random.chance(0.22)) {
    scene.say(user, id, 'had-to-ask', {
      sections: empty.slice(0, 2),
      explanation: 'I had to ask the customer for this.',
    })
    scene.reply(user, id, 'Could you tell us in which environment it happens, and how we can see it ourselves?', {
      status: 'pending',
    })
    yield scene.now() + around(150, random) * MINUTE_MS
    scene.reply(
      one.plan.requester,
      id,
      say(['It is production, {region}, in {browser}.', 'In {region}; I attach the steps.'], random),
    )
    if (!isStill(one, standing)) return
  }
  if (random.chance(0.06)) {
    scene.say(user, id, 'ask-help', {
      skill: 'Logs of the gateway',
      question: 'Can somebody read the log of that hour?',
    })
    yield scene.now() + MINUTE_MS
  }
  const hours = around(one.theme.hours, random)
  const estimate = roughly(later(one, office, hours * 70))
  scene.say(user, id, 'progress', {
    status: 'investigating',
    actions_taken: ['Reproduced it', say(one.theme.steps, random)],
    next_steps: say(one.theme.nextSteps, random),
    ...(random.chance(0.5) ? { estimated_resolution: estimate } : {}),
  })
}

/** Headings of the note that say nothing and that the receiver would want. */
function emptyHeadings({ open }: Standing): string[] {
  const { diagnostics, suggested_next_step } = open.note
  return [
    ...(diagnostics.environment === '' ? ['Environment'] : []),
    ...(diagnostics.reproduction_steps.length === 0 ? ['Steps to reproduce'] : []),
    ...(suggested_next_step === '' ? ['Suggested next step'] : []),
  ]
}

async function* investigate(one: Case, standing: Standing, calendarOf: CalendarOf): Life {
  const { scene, id, random, theme } = one
  const { user, office } = receiverOf(one, standing)
  const { tier } = standing.open.decision
  yield* work(one, later(one, office, around(theme.hours * 45, random)), calendarOf)
  if (!isStill(one, standing)) return
  if (one.needsCode && tier === 2) {
    const reason = say(['It takes a change of code', 'The fault is in the platform, we cannot mend it here'], random)
    return scene.say(user, id, 'hand-on', { tier: 3, reason })
  }
  if (one.needsCode && tier === 3) {
    const key = `PLAT-${1000 + (id % 9000)}`
    const title = say(theme.rootCauses, random)
    scene.say(user, id, 'link-issue', { url: `https://northwind.atlassian.net/browse/${key}`, title })
    yield scene.now() + 2 * MINUTE_MS
    if (!isStill(one, standing)) return
  }
  if (one.needsCode || random.chance(0.35)) {
    return scene.say(user, id, 'progress', {
      status: 'fixing',
      actions_taken: [say(theme.steps, random)],
      root_cause: say(theme.rootCauses, random),
      next_steps: say(theme.nextSteps, random),
    })
  }
  resolveIt(one, user)
}

/** The fix held, or nobody says otherwise: back to whom it came from. */
async function* goHome(one: Case, standing: Standing): Life {
  const { scene, id, plan, random } = one
  const { user, office } = receiverOf(one, standing)
  const told = scene.hours.after(plan.agent.office, scene.now(), around(40, random))
  const isForgotten = random.chance(0.06)
  if (!isForgotten) {
    yield told
    if (!standingOf(one)) return
    scene.reply(firstLineOf(one), id, say(TELLING, random))
    if (random.chance(0.5)) {
      yield scene.now() + around(180, random) * MINUTE_MS
      scene.reply(
        plan.requester,
        id,
        say(['Confirmed, it works again. Thank you!', 'Looks good since this morning.'], random),
      )
    }
  }
  const watchedUntil = standing.open.monitoringUntil ?? 0
  yield scene.hours.after(office, Math.max(scene.now(), watchedUntil), around(60, random))
  if (!standingOf(one)) return
  // Some are solved and forgotten; the ticket's end is theirs.
  if (random.chance(0.04)) {
    scene.write(firstLineOf(one), id, { status: 'solved' })
    yield scene.now() + 5 * DAY_MS + HOUR_MS
    return
  }
  scene.say(user, id, 'deescalate', {
    rationale: say(
      ['The fix holds', 'Solved and confirmed', 'Nothing left to do for us', 'Cause known and gone'],
      random,
    ),
    customer_confirmed: random.chance(0.6) ? true : null,
  })
}

const TELLING = [
  'Good news: the cause is found and mended. Could you try again and tell me?',
  'This is fixed now. Please have a look and tell us whether it works for you.',
  'Our specialists have solved it. Everything should work as before.',
]

function queueOf({ theme }: Case): string {
  const QUEUES: Record<string, string> = {
    ...{ sso: 'identity', permissions: 'identity', api: 'integrations', webhooks: 'integrations' },
    ...{ exports: 'data', search: 'data', storage: 'data', billing: 'billing' },
  }
  return QUEUES[theme.component]!
}
