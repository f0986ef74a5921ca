import { readPreset } from '../../server/policy/preset.ts'

/**
 * What the demo adds to the ready policy with four tiers, so that clocks can be watched to warn, breach and escalate, and
 * one ticket can go the whole way.
 */
const ADDED = `
  schedules:
    - { id: office, zendesk: default }
  clocks:
    schedule: office
    around_the_clock: [P0]
  auto_escalation: { at: [breach], clocks: [first_response, resolution] }
  timers:
    - { id: unaccepted, title: Nobody has accepted it for an hour, of: queue, after: 1h, then: remind }
  notices: { hours: office, around_the_clock: [P0, P1] }
  customer:
    cadence: { P0: 1h, P1: 2h, P2: 4h, P3: 8h }
    hours: office
  knowledge:
    section: Known issues
    runbook_section: Runbooks
    permission_group: Agents and admins
    user_segment: Agents and managers
    labels: [escalations]
  on_call:
    people:
      - { email: ivo@northwind.example, name: Ivo Marek }
      - { email: jo@northwind.example, name: Jo Fraser }
    schedules:
      - id: platform
        name: Platform engineering
        zone: Europe/Berlin
        layers: [{ id: always, participants: [ivo@northwind.example], starts: 2026-01-05 }]
    steps:
      platform:
        - { tell: platform, wait: 30m }
        - { tell: jo@northwind.example }
  channels:
    slack: { channel: "#escalations", channels: [{ queue: platform, channel: "#platform" }] }
    email: { from: Baton <baton@northwind.example> }
  notifications:
    send:
      - { kind: [handoff, accepted, returned, progress, breach_warning, resolved, de_escalation], to: [tier_lead], over: slack, fallback: email }
      - { kind: [on_call, breach_warning], tier: 3, to: [on_call], over: pagerduty, fallback: slack }
      - { kind: [tier3_handoff, de_escalation], to: [director], over: email }
    roles:
      tier2_lead: [{ name: Lea Novak, email: lea@northwind.example }]
      tier3_lead: [{ name: Jo Fraser, email: jo@northwind.example }]
      director: [{ name: Kim Dubois, email: kim@northwind.example }]
`

/** Specialists have two working days, engineering two weeks; and engineering watches a fix for a day. */
const TARGETS: [from: string, to: string][] = [
  ['sla: { first_response: 2h, resolution_target: 8h }', 'sla: { first_response: 2h, resolution_target: 16h }'],
  [
    'sla: { first_response: 1h, resolution_target: 4h }',
    `sla: { first_response: 1h, resolution_target: 80h }
      monitoring: 1d
      deescalation: [root_cause, fix_applied, customer_confirmed, monitoring_complete]`,
  ],
]

const PRESET = TARGETS.reduce((yaml, [from, to]) => yaml.replace(from, to), readPreset('four-tier'))

export const DEMO_POLICY = PRESET + ADDED
