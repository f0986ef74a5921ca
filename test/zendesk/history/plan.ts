import { DAY_MS, HOUR_MS, type Instant } from '../../../core/units.ts'
import { createRandom, type Random } from '../../support/random.ts'
import type { User } from '../state/model.ts'
import type { Customer } from './customers.ts'
import { arrivalsOf } from './demand.ts'
import { chooser, fraction } from './draw.ts'
import { EVERYDAY, type Everyday } from './everyday.ts'
import type { FrontAgent, Staff } from './staff.ts'
import type { Theme } from './theme.ts'
import { THEMES } from './themes.ts'

/** What is settled about a ticket before it is written. */
export type TicketPlan = {
  at: Instant
  customer: Customer
  requester: User
  agent: FrontAgent
  about: { theme: Theme } | { everyday: Everyday }
  /** Null for a ticket that the first line solves. */
  escalation: EscalationPlan | null
  /** Of this ticket alone, so that what one does changes nothing for the others. */
  random: Random
}

export type EscalationPlan = {
  /** With a note, or moved to specialists without a word. */
  way: 'note' | 'move'
  /** Whether it is escalated once more when all seemed well. */
  isTwice: boolean
}

export type Planning = {
  tickets: number
  escalations: number
  from: Instant
  until: Instant
  seed: number
  staff: Staff
  customers: Customer[]
  /** Until when each agent of the first line is there; those that are not named stay. */
  leavesAt: ReadonlyMap<number, Instant>
}

/** Every so many tickets are moved without a word, and a part of them is escalated twice. */
const EVERY_MOVED = 45
const TWICE = 0.02
/** What came in these days may still be under way, but for the last hours, in which the first line still tries. */
const RECENT_MS = 5 * DAY_MS
const TRIED_MS = 4 * HOUR_MS
/** Escalated in those days, as a part of all, and at most, beside what is usual. */
const RECENT_SHARE = 0.2
const MOST_RECENT = 150

export function planTickets(planning: Planning): TicketPlan[] {
  const { tickets, from, until, seed, staff, customers, leavesAt } = planning
  const random = createRandom(seed)
  const arrivals = arrivalsOf({ from, until, count: tickets, themes: THEMES.length }, random)
  const chosenCustomer = chooser(customers, ({ share }) => share)
  const subjects = [...THEMES.map((theme) => ({ theme })), ...EVERYDAY.map((everyday) => ({ everyday }))]
  const chosenSubject = chooser(subjects, shareOf)

  const plans = arrivals.map(({ at, spike }, index): TicketPlan => {
    const customer = chosenCustomer(random)
    return {
      at,
      customer,
      requester: random.pick(customer.contacts),
      agent: agentAt(at),
      about: spike ? { theme: THEMES[spike.theme]! } : chosenSubject(random),
      escalation: null,
      random: createRandom(seed * 1_000_003 + index * 7919),
    }
  })
  escalateSome(plans, planning, random)
  return plans

  function agentAt(at: Instant): FrontAgent {
    const there = staff.front.filter(({ user }) => at < (leavesAt.get(user.id) ?? Number.POSITIVE_INFINITY))
    return random.pick(there)
  }
}

/** Marks exactly as many as are wanted: readily what is hard, by agents who are eager, and enough of the last days. */
function escalateSome(plans: TicketPlan[], { escalations, until }: Planning, random: Random): void {
  const twice = Math.floor(escalations * TWICE)
  const wanted = escalations - twice
  const hard = plans.filter(({ about, at }) => 'theme' in about && at < until - TRIED_MS)
  const recent = hard.filter(({ at }) => at >= until - RECENT_MS)
  const recentShare = (wanted * recent.length) / Math.max(1, hard.length)
  const boost = Math.max(1, Math.min(8, Math.min(MOST_RECENT, wanted * RECENT_SHARE) / Math.max(1, recentShare)))
  // The key of weighted sampling without replacement: the largest are taken.
  const keyed = hard.map((plan) => {
    const freshness = Math.max(0, 1 - (until - plan.at) / RECENT_MS)
    return { plan, key: fraction(random) ** (1 / (readiness(plan) * (1 + 2 * (boost - 1) * freshness))) }
  })
  keyed.sort((a, b) => b.key - a.key)
  const chosen = keyed.slice(0, wanted).map(({ plan }) => plan)
  for (const [index, plan] of random.shuffle(chosen).entries()) {
    plan.escalation = { way: index % EVERY_MOVED === 7 ? 'move' : 'note', isTwice: false }
  }
  // There must be time for both.
  const early = chosen.filter(({ at }) => at < until - 4 * RECENT_MS)
  for (const plan of random.shuffle(early).slice(0, twice)) plan.escalation!.isTwice = true
}

function readiness({ about, agent, customer }: TicketPlan): number {
  const theme = 'theme' in about ? about.theme.escalates : 0.1
  const tier = customer.organization.organization_fields.customer_tier
  return theme * agent.eagerness * (tier === 'enterprise' ? 1.5 : tier === 'premium' ? 1.1 : 0.8)
}

function shareOf(about: TicketPlan['about']): number {
  return 'theme' in about ? about.theme.share : about.everyday.share
}
