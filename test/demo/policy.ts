import { readPreset } from '../../server/policy/preset.ts'

/** What the demo adds to the ready policy with four tiers, so that clocks can be watched to warn, breach and escalate. */
const CLOCKS = `
  schedules:
    - { id: office, zendesk: default }
  clocks:
    schedule: office
    around_the_clock: [P0]
  auto_escalation: { at: [breach], clocks: [first_response, resolution] }
  timers:
    - { id: unaccepted, title: Nobody has accepted it for an hour, of: queue, after: 1h, then: remind }
  notices: { hours: office, around_the_clock: [P0, P1] }
`

export const DEMO_POLICY = readPreset('four-tier') + CLOCKS
