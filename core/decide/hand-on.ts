import type { Raise } from '../escalation/facts.ts'
import { type Policy, type Queue, tierAt } from '../policy/policy.ts'
import type { Instant } from '../units.ts'
import { type Present, toQueue, toTier } from './raise.ts'

/** Where somebody wants to hand it on to: a tier, a queue by its id or name, or both. */
export type Place = { tier: number | null; queue: string }

export type HandOn = { ok: true; target: Raise } | { ok: false; message: string }

/**
 * The policy's answer to handing an escalation on, up, down or aside. A place that there is not is answered with those
 * that there are.
 */
export function handOnOf(policy: Policy, present: Present, place: Place, at: Instant): HandOn {
  const name = place.queue.trim()
  if (name === '' && place.tier === null) {
    return no(`Say where it is to go. ${placesOf(policy)}`)
  }
  if (name === '') {
    const tier = tierAt(policy, place.tier!)
    if (!tier) return no(`There is no tier ${place.tier}. ${placesOf(policy)}`)
    return { ok: true, target: toTier(policy, present, tier, { because: `Handed on to tier ${tier.level}`, at }) }
  }

  const queue = queueNamed(policy, name)
  if (!queue) return no(`There is no queue “${shortened(name)}”. ${placesOf(policy)}`)
  if (place.tier !== null && place.tier !== queue.tier) {
    return no(`${queue.name} is in tier ${queue.tier}, not in tier ${place.tier}. ${placesOf(policy)}`)
  }
  return { ok: true, target: toQueue(policy, present, queue, { because: `Handed on to ${queue.name}`, at }) }
}

function queueNamed({ queues }: Policy, name: string): Queue | undefined {
  const wanted = name.toLowerCase()
  return queues.find(({ id }) => id === wanted) ?? queues.find((queue) => queue.name.toLowerCase() === wanted)
}

/** `Tier 2 has Identity (identity) and …` */
function placesOf({ tiers, queues }: Policy): string {
  return tiers
    .map(({ level }) => {
      const names = queues.filter(({ tier }) => tier === level).map(({ id, name }) => `${name} (${id})`)
      return `Tier ${level} has ${names.join(', ')}.`
    })
    .join(' ')
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name
}

function no(message: string): HandOn {
  return { ok: false, message }
}
