import type { Theme } from './theme.ts'

/** What goes wrong between the product and other programs. */
export const INTEGRATION_THEMES: Theme[] = [
  {
    ...{ id: 'paused-webhooks', component: 'webhooks', category: 'integration', severities: [2, 10, 73, 15] },
    ...{ share: 7, escalates: 1.4, needsCode: 0.18, hours: 5, mistakenFor: 'data', tags: ['webhooks'] },
    subjects: [
      'Webhook deliveries stopped after the maintenance window',
      'No webhooks since {day}',
      'Order events do not reach us any more',
      'Webhook subscription shows "paused" by itself',
      '{crm} connector receives nothing',
    ],
    openings: [
      'Our order webhooks stopped at {clock}, right after your maintenance. Nothing in the delivery log since then.',
      'The subscription went to "paused" and nobody here paused it. When I resume it, two events come and it stops again.',
      'We have received no events since {day}. Our endpoint answers 200 to your test delivery.',
      'The {crm} connector is {n} hours behind. Deliveries seem to stop whenever one of them takes longer.',
    ],
    answers: [
      'I see the subscription as paused and have resumed it. Could you watch for the next event?',
      'Thank you. The delivery log ends where you say. I am checking what paused it.',
      'Could you send me the answer your endpoint gave to one of the last deliveries?',
    ],
    symptoms: [
      'Subscription is paused without anybody doing so',
      'Deliveries stop after one slow answer',
      'Delivery log ends at {clock}',
      'Test deliveries succeed',
    ],
    steps: [
      'Resumed the subscription, it paused again',
      'Test delivery answered 200',
      'Compared the delivery log with the customer’s access log',
      'Consulted runbook HOOK-004',
    ],
    reasons: [
      'The circuit breaker opens too early and we cannot reset it',
      'Deliveries pause by themselves; needs the dispatcher’s log',
      'Resume does not hold, several customers since the maintenance',
    ],
    nextSteps: [
      'Reset the circuit breaker of the subscription',
      'Check the threshold after the last maintenance',
      'Deliver the missed events again',
    ],
    impacts: ['{n} orders not shipped', 'Warehouse picks from paper', 'CRM is {n} hours behind'],
    rootCauses: [
      'The webhook circuit breaker counted slow answers as failures and paused the subscription',
      'Circuit breaker of webhook deliveries opened on slow answers after the maintenance',
      'Webhook breaker threshold was reset to a too low value, pausing subscriptions',
      'Slow endpoint answers tripped the delivery breaker, which never closed again',
    ],
    fixes: [
      'Threshold raised, breaker closed, missed events delivered again',
      'Breaker no longer counts slow answers; {n} events replayed',
      'Reset the breaker and redelivered what was missed',
    ],
    ...{ code: 'configuration', lower: 0.3 },
    article: { answer: 'drafted', slug: 'resume-paused-webhooks', reason: '' },
  },
  {
    ...{ id: 'shared-rate-bucket', component: 'api', category: 'bug', severities: [1, 5, 69, 25] },
    ...{ share: 5, escalates: 1.3, needsCode: 0.24, hours: 6, mistakenFor: 'data', tags: ['api'] },
    subjects: [
      'API answers 429 although we are below the limit',
      'Rate limit hit far too early',
      '429 Too Many Requests on every third call',
      'API limit seems to be shared with another workspace',
    ],
    openings: [
      'We send about 120 requests a minute, the plan says 700, and {pct} % of them get 429.',
      'Our integration is throttled since {day}. The header says we have used up a limit we never came near.',
      'Two of our workspaces seem to share one rate limit: when the test workspace runs its nightly job, production gets 429.',
    ],
    answers: [
      'Thank you for the request ids. The header shows another bucket than I expected; I am comparing it with your contract.',
      'Could you tell me which tokens the two integrations use?',
    ],
    symptoms: [
      '429 at a fraction of the limit',
      'X-Rate-Limit-Remaining falls without calls of ours',
      'Only for tokens made before {month}',
      'Both workspaces of the customer at the same minutes',
    ],
    steps: [
      'Compared headers with the plan',
      'Tried a new token',
      'Read the gateway’s dashboard',
      'Consulted runbook API-011',
    ],
    reasons: [
      'Requests are counted into a wrong bucket; only Integrations can see buckets',
      'The limit of the plan is not applied, needs the gateway’s configuration',
    ],
    nextSteps: ['Find the bucket that the token is counted in', 'Give the workspaces buckets of their own'],
    impacts: ['Routing engine an hour behind', 'Nightly sync takes until noon', '{n} integrations affected'],
    rootCauses: [
      'Old tokens of both workspaces were counted in one rate-limit bucket',
      'Rate-limit bucket was shared between workspaces of one customer',
      'Gateway keyed the rate limit by customer instead of by workspace for old tokens',
    ],
    fixes: [
      'Tokens moved to buckets of their own',
      'Gateway now keys by workspace; old tokens were migrated',
      'Customer got new tokens and the bucket was split',
    ],
    ...{ code: 'fixed_in_code', lower: 0.15 },
    article: { answer: 'improved', slug: 'api-rate-limits', reason: '' },
  },
  {
    ...{ id: 'calendar-dst', component: 'webhooks', category: 'bug', severities: [0, 3, 62, 35] },
    ...{ share: 3, escalates: 1, needsCode: 0.3, hours: 6, mistakenFor: 'data', tags: ['calendar'] },
    subjects: [
      'Calendar connector shows events one hour late',
      'Meetings moved by an hour after the clock change',
      'Wrong time zone in synced events',
    ],
    openings: [
      'All meetings moved by one hour after the clocks changed, only in the connector, not in our calendar itself.',
      'Events that come through the connector are an hour off for our {region} people.',
      'Recurring meetings show at the wrong time since {day}; single ones are right.',
    ],
    answers: [
      'Thank you. Could you tell me the time zone of the calendar and of one person who sees it wrong?',
      'I can see it: recurring events are off, single ones are not. I am asking our specialists.',
    ],
    symptoms: ['Recurring events one hour late', 'Single events are right', 'Only across the clock change'],
    steps: [
      'Compared the event in both calendars',
      'Disconnected and connected again',
      'Consulted article "Calendar sync"',
    ],
    reasons: [
      'Recurrence seems to be expanded in a fixed offset; needs a look at the connector',
      'A new sync brings the same error',
    ],
    nextSteps: [
      'Look at how recurrences are expanded over the clock change',
      'Sync the series again once it is mended',
    ],
    impacts: ['{n} people come an hour late', 'Reception books rooms twice'],
    rootCauses: [
      'The calendar connector expanded recurring events with the offset of their first day',
      'Recurring events were expanded in a fixed UTC offset, not in their time zone, across daylight saving',
      'Daylight saving was ignored when the connector expanded a series',
    ],
    fixes: [
      'Series are expanded in their own time zone; all series synced again',
      'Connector corrected and series re-synced',
    ],
    ...{ code: 'fixed_in_code', lower: 0.05 },
    article: { answer: 'not_needed', slug: '', reason: 'Mended in the connector' },
  },
]
