import type { Escalation } from '../escalation/state.ts'
import type { Policy } from '../policy/policy.ts'
import type { Recipient, Way } from './notice.ts'
import { fits } from './recipients.ts'
import { type Channel, Route } from './words.ts'

/** Ways that a route means for this escalation, and those of its people whom it cannot reach. */
export type Ways = { ways: Way[]; unreached: { channel: Channel; recipient: Recipient }[] }

export function waysOf(route: Route, recipients: readonly Recipient[], escalation: Escalation, policy: Policy): Ways {
  const { slack, pagerduty } = policy.channels
  const one = (channel: Channel, place = ''): Ways => ({ ways: [{ channel, place, recipients }], unreached: [] })
  switch (route) {
    case 'by_severity': {
      // A word that is no channel was warned of when the policy was saved.
      const named = Route.exclude(['by_severity']).safeParse(escalation.decision.notification)
      return named.success ? waysOf(named.data, recipients, escalation, policy) : { ways: [], unreached: [] }
    }
    case 'slack_oncall':
      return one('slack', slack.oncall)
    case 'slack':
    case 'slack_channel':
      return one('slack', slack.channels.find((entry) => fits(entry, escalation))?.channel ?? slack.channel)
    case 'pagerduty':
      return one('pagerduty', pagerduty.services.find((entry) => fits(entry, escalation))?.service ?? pagerduty.service)
    case 'email':
      return byAddress(recipients)
    default:
      return one(route)
  }
}

/** A letter each, however many roles somebody holds. */
function byAddress(recipients: readonly Recipient[]): Ways {
  const reachable = recipients.filter(({ contact }) => contact.email !== null)
  const letters = Map.groupBy(reachable, ({ contact }) => contact.email!)
  return {
    ways: [...letters].map(([place, some]) => ({ channel: 'email', place, recipients: some })),
    unreached: recipients
      .filter(({ contact }) => contact.email === null)
      .map((recipient) => ({ channel: 'email', recipient })),
  }
}
