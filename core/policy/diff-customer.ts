import { MESSAGES } from '../customer/words.ts'
import { formatDuration, type Minutes } from '../units.ts'
import { listed, same, single } from './differences.ts'
import { diffMeasureTargets } from './measure-targets.ts'
import type { Policy } from './policy.ts'

/** What differs between two policies about what customers hear, about reviews, targets and major incidents. */
export function diffCustomer(before: Policy, after: Policy): string[] {
  const [old, now] = [before.customer, after.customer]
  return [
    ...listed('customer hears every', spans(old.cadence), spans(now.cadence), ([severity]) => severity),
    ...single('customer hears, counted', hoursOf(old), hoursOf(now)),
    ...MESSAGES.flatMap((kind) => single(`told to the customer: ${kind}`, old.send[kind], now.send[kind])),
    ...single('shared with the customer', old.share, now.share),
    ...listed('texts for the customer', Object.entries(old.templates), Object.entries(now.templates), ([tag]) => tag),
    ...(same(before.reviews, after.reviews) ? [] : ['reviews: changed']),
    ...diffMeasureTargets(before, after),
    ...single('major incidents', incidentsOf(before), incidentsOf(after)),
  ]
}

function spans(cadence: Policy['customer']['cadence']): [string, Minutes][] {
  return Object.entries(cadence).filter((entry): entry is [string, Minutes] => entry[1] !== null)
}

function hoursOf({ cadence, hours, aroundTheClock }: Policy['customer']): string {
  if (hours === null || Object.values(cadence).every((every) => every === null)) return 'at any hour'
  const anyHour = aroundTheClock.length > 0 ? `, ${aroundTheClock.join(' and ')} at any hour` : ''
  return `in the hours of ${hours}${anyHour}`
}

function incidentsOf({ majorIncident }: Policy): string {
  if (!majorIncident) return 'none'
  const { severities, bridgeUrl, problemGroup, joinWithin } = majorIncident
  const parts = [severities.join(' and ') || 'by hand', `one within ${formatDuration(joinWithin)}`]
  return [...parts, ...(problemGroup ? [`group ${problemGroup}`] : []), ...(bridgeUrl ? [bridgeUrl] : [])].join(', ')
}
