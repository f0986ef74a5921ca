import { describe, expect, it } from 'vitest'
import { fallbackOf } from '../../../core/notice/fallback.ts'
import { noticesOf } from '../../../core/notice/follow-ups.ts'
import { noticesFor } from '../../../core/notice/notices-for.ts'
import { aLoadedPolicy, aPolicy, PLAIN } from '../policy/policies.ts'
import { TEMPLATE } from '../policy/template.ts'
import { anEscalation, anEvent, aSetting, brief } from './notices.ts'

const QUEUES = `  queues:
    - { id: front, name: Front, tier: 1, group: Support }
    - { id: identity, name: Identity, tier: 2, group: Identity specialists }
    - { id: platform, name: Platform, tier: 3, group: Platform }
`
const PEOPLE = `  channels:
    email: { from: Baton <baton@northwind.example> }
    slack:
      channel: "#escalations"
      channels: [{ queue: identity, channel: "#identity" }]
  notifications:
    roles:
      tier2_lead: { name: Kei Ito, email: kei@northwind.example, slack: U0KEIITO1 }
      account_csm:
        - { name: Ada Berg, email: ada@northwind.example, account: [acme corp] }
        - { name: Bo Lund, email: bo@northwind.example, account: [Globex] }
      director: [vera@northwind.example]
`
const aPolicyThat = (send: string) => aPolicy(`${QUEUES}${PEOPLE}    send:\n${send}`)

describe('a hand-off', () => {
  const { escalation, requested } = anEscalation()

  it('is told over what the policy says, to those who hold the roles for this escalation', () => {
    const policy = aPolicyThat(`      - { kind: tier2_handoff, to: [tier2_lead, account_csm], over: [slack, email] }\n`)
    expect(noticesFor(requested, escalation, policy, aSetting()).map(brief)).toEqual([
      'handoff over slack at #identity for Kei Ito (tier2_lead), Ada Berg (account_csm)',
      'handoff over email at kei@northwind.example for Kei Ito (tier2_lead)',
      'handoff over email at ada@northwind.example for Ada Berg (account_csm)',
    ])
  })

  it.each([
    ['pagerduty', 'handoff over pagerduty at default for default'],
    ['slack_oncall', 'handoff over slack at #escalations-oncall for #escalations-oncall'],
    ['slack_channel', 'handoff over slack at #escalations for #escalations'],
  ])('goes where the severity override says, %s, with the plain template policy', (notification, told) => {
    const policy = aLoadedPolicy(TEMPLATE)
    const routed = anEscalation({ decision: { notification } })
    expect(noticesFor(routed.requested, routed.escalation, policy, aSetting()).map(brief)).toEqual([told])
  })

  it('is told to nobody when the ticket went where it was asked to', () => {
    const policy = aPolicyThat(`      - { kind: misrouted, to: escalator, over: zendesk }\n`)
    const routed = (differences: { field: string; asked: string; returned: string }[]) =>
      noticesFor(
        {
          ...{ kind: 'routed', at: 0, by: null, auditId: null },
          escalationId: escalation.id,
          group: 'Identity',
          differences,
        },
        escalation,
        policy,
        aSetting(),
      )
    expect(routed([])).toEqual([])
    const [notice] = routed([{ field: 'group', asked: 'Identity', returned: 'Support' }])
    expect(notice!.opening).toBe('group: asked Identity, Zendesk has Support.')
  })

  it('is told to nobody where the policy names no channel', () => {
    expect(noticesFor(requested, escalation, aPolicy(), aSetting())).toEqual([])
  })

  it('to a role nobody holds is there to be seen, and not sent', () => {
    const policy = aPolicyThat(`      - { kind: handoff, to: [vp, director], over: email }\n`)
    expect(noticesFor(requested, escalation, policy, aSetting()).map(brief)).toEqual([
      'handoff over email at vera@northwind.example for vera@northwind.example (director)',
      'handoff over email at - for vp, not sent: nobody-holds-role',
    ])
  })

  it('to somebody without an address is there to be seen, and not sent', () => {
    const policy = aPolicyThat(`      - { kind: handoff, to: escalator, over: email }\n`)
    expect(noticesFor(requested, escalation, policy, aSetting()).map(brief)).toEqual([
      'handoff over email at - for Ana Lindqvist (escalator), not sent: no-address',
    ])
  })

  it('carries the parts the policy asks for, and the words of its templates', () => {
    const policy = aPolicyThat(
      `      - { kind: handoff, over: slack, include: [troubleshooting_history] }
    locale: de
    templates: { de: { handoff: { subject: "Neu: {{summary}}" } } }\n`,
    )
    const [notice] = noticesFor(requested, escalation, policy, aSetting())
    expect(notice!.subject).toBe('Neu: SSO login fails')
    expect(notice!.sections).toEqual([{ title: 'What was tried', lines: ['1. Checked the certificate'] }])
  })

  it('to the same place by two entries is one notice for the people of both', () => {
    const policy = aPolicyThat(`      - { kind: handoff, to: tier2_lead, over: slack, include: [issue_summary] }
      - { kind: handoff, to: account_csm, over: slack, include: [decision] }\n`)
    const notices = noticesFor(requested, escalation, policy, aSetting())
    expect(notices.map(brief)).toEqual([
      'handoff over slack at #identity for Kei Ito (tier2_lead), Ada Berg (account_csm)',
    ])
    expect(notices[0]!.sections.map(({ title }) => title)).toEqual(['Issue', 'Why it is here'])
  })

  it('is the same notice whenever it is worked out', () => {
    const policy = aPolicyThat(`      - { kind: [handoff, management_summary], to: director, over: email }\n`)
    const once = noticesFor(requested, escalation, policy, aSetting())
    expect(noticesFor(requested, escalation, policy, aSetting({ now: Date.now() })).map(({ id }) => id)).toEqual(
      once.map(({ id }) => id),
    )
    expect(new Set(once.map(({ id }) => id)).size).toBe(2)
  })

  it('in a dry run is written and not sent', () => {
    const policy = aPolicyThat(`      - { kind: handoff, over: slack }\n    dry_run: true\n`)
    expect(noticesFor(requested, escalation, policy, aSetting()).map(({ suppressed }) => suppressed)).toEqual([
      'dry-run',
    ])
  })
})

describe('quiet hours', () => {
  const policy = aPolicyThat(`      - { kind: [handoff, on_call], over: slack }\n`)
  const night = aSetting({ now: Date.parse('2026-03-06T22:00:00Z') })

  it('put a notice off until people are at work', () => {
    const { escalation, requested } = anEscalation({ plan: { noticeHours: 'berlin' } })
    const [notice] = noticesFor(requested, escalation, policy, night)
    expect(notice!.notBefore).toBeGreaterThan(night.now)
  })

  it('do not hold for severities at any hour, nor for whoever is on call', () => {
    const anyHour = anEscalation({ plan: { noticeHours: null } })
    expect(noticesFor(anyHour.requested, anyHour.escalation, policy, night)[0]!.notBefore).toBeNull()
    const quiet = anEscalation({ plan: { noticeHours: 'berlin' } })
    const told = anEvent({ kind: 'on-call-told', step: 0, queue: 'identity', told: [], lateMs: 0 })
    expect(noticesFor(told, quiet.escalation, policy, night)[0]!.notBefore).toBeNull()
  })
})

describe('what was begun', () => {
  const policy = aPolicyThat(`      - { kind: handoff, over: [slack, pagerduty] }\n`)
  const { escalation } = anEscalation()
  const opened = [
    { channel: 'pagerduty' as const, place: 'default', handOver: 0 },
    { channel: 'slack' as const, place: '#identity', handOver: 0 },
  ]
  const follow = (kind: string) =>
    noticesOf(anEvent({ kind }), escalation, policy, aSetting(), opened).map(
      ({ channel, page }) => `${channel} ${page}`,
    )

  it('is acknowledged when somebody accepts and resolved when it is over, whatever the policy sends', () => {
    expect(follow('accepted')).toEqual(['pagerduty acknowledge', 'slack null'])
    for (const end of ['resolved', 'deescalated', 'returned', 'ticket-ended']) {
      expect(follow(end), end).toEqual(['pagerduty resolve', 'slack null'])
    }
  })

  it('is left alone by what changes nothing', () => {
    expect(follow('clock-warned')).toEqual([])
    expect(follow('notice-deferred')).toEqual([])
  })
})

describe('a fallback', () => {
  const { escalation, requested } = anEscalation()

  it('takes the next way to the same people, and says why', () => {
    const policy = aPolicyThat(
      `      - { kind: handoff, to: tier2_lead, over: slack, fallback: [pagerduty, email, zendesk], fallback_after: 10m }\n`,
    )
    const [notice] = noticesFor(requested, escalation, policy, aSetting())
    expect(notice!.fallback.afterMs).toBe(600_000)
    const [page] = fallbackOf(notice!, 'channel_not_found')
    expect(brief(page!)).toBe('handoff over pagerduty at default for Kei Ito (tier2_lead)')
    expect(page!.page).toBe('trigger')
    expect(page!.opening).toContain('Slack did not take it (channel_not_found)')
    const [letter] = fallbackOf(page!, 'invalid-routing-key')
    expect(brief(letter!)).toBe('handoff over email at kei@northwind.example for Kei Ito (tier2_lead)')
    const [comment] = fallbackOf(letter!, 'no-answer')
    expect(comment!.channel).toBe('zendesk')
    expect(fallbackOf(comment!, 'x')).toEqual([])
  })

  it('skips a way that would reach nobody', () => {
    const policy = aPolicyThat(`      - { kind: handoff, over: slack, fallback: [email, zendesk] }\n`)
    const [notice] = noticesFor(requested, escalation, policy, aSetting())
    expect(fallbackOf(notice!, 'x').map(({ channel }) => channel)).toEqual(['zendesk'])
  })
})

describe('kinds', () => {
  it.each([
    ['accepted', 'accepted'],
    ['returned', 'returned'],
    ['progressed', 'progress'],
    ['third-touch', 'help'],
    ['approval-asked', 'approval'],
    ['help-asked', 'help'],
    ['clock-breached', 'breach-warning'],
    ['timer-fired', 'ageing-reminder'],
    ['nobody-notified', 'nobody-notified'],
    ['routed', 'misrouted'],
    ['routing-refused', 'misrouted'],
    ['resolved', 'resolved'],
    ['deescalated', 'de-escalation'],
  ])('tell of %s as %s, in whole words', (event, kind) => {
    const policy = aLoadedPolicy(
      `${PLAIN}  notifications: { send: [{ kind: ${kind.replaceAll('-', '_')}, over: slack }] }\n`,
    )
    const { escalation } = anEscalation()
    const body = {
      ...{ clock: 'resolution', tier: 2, clockId: 'c', title: 'Waits', timer: 't', step: 0, queue: 'identity' },
      ...{ reason: 'incomplete', missing: ['symptoms'], explanation: 'Which tenant?', toGroup: 'Support' },
      ...{ status: 'fixing', actions: ['Read the logs'], nextSteps: 'Patch it', cause: 'A leak', estimate: null },
      ...{ helpers: [{ id: 1, name: 'Kei Ito' }], skill: '', question: 'Does it loop?', touches: 3, queues: [] },
      ...{ rootCause: 'A leak', resolution: 'code_fix', fix: 'Patched', monitoringUntil: null, rationale: 'Stable' },
      ...{ uncovered: ['weekend'], of: 'Director', percent: 75, detail: 'Zendesk has no such group' },
      differences: [{ field: 'group', asked: 'Identity specialists', returned: 'Support' }],
    }
    const notices = noticesFor(anEvent({ kind: event, ...body }), escalation, policy, aSetting())
    expect(notices.map((notice) => notice.kind)).toEqual([kind])
    expect(notices[0]!.opening).not.toMatch(/undefined|\{\{|^–$/)
    expect(notices[0]!.opening.length).toBeGreaterThan(10)
  })
})

describe('a page for what fell due', () => {
  const policy = aPolicyThat(`      - { kind: breach_warning, over: [slack, pagerduty] }\n`)
  const warned = anEvent({ kind: 'clock-warned', clockId: 'c', clock: 'first-response', percent: 75, lateMs: 60_000 })
  const pagesAfter = (signals: { signal: 'accepted' | 'resolved'; at: number }[]) => {
    const { escalation } = anEscalation()
    const after = { ...escalation, signals: signals.map((signal) => ({ ...signal, auditId: 1, position: 0 })) }
    return noticesFor(warned, after as unknown as typeof escalation, policy, aSetting()).map(brief)
  }

  it('pages nobody when somebody accepted before it was told, and is told elsewhere', () => {
    expect(pagesAfter([{ signal: 'accepted', at: warned.at + 1 }])).toEqual([
      'breach-warning over slack at #identity for #identity',
      'breach-warning over pagerduty at default for default, not sent: overtaken',
    ])
  })

  it('pages somebody for what fell due after it was accepted', () => {
    expect(pagesAfter([{ signal: 'accepted', at: warned.at - 1 }])[1]).toBe(
      'breach-warning over pagerduty at default for default',
    )
  })
})
