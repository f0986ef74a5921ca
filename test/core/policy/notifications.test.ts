import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { loadPolicy } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'
import { aPolicy, PLAIN } from './policies.ts'
import { TEMPLATE } from './template.ts'

function toldOf(more: string): { problems: string[]; warnings: string[] } {
  const loaded = loadPolicy(`${PLAIN}${more}`)
  const written = (problems: Parameters<typeof formatProblem>[1][]) =>
    problems.map((one) => formatProblem('p', one).slice(2))
  return loaded.ok
    ? { problems: [], warnings: written(loaded.warnings) }
    : { problems: written(loaded.problems), warnings: [] }
}

describe('channels and notifications are refused for', () => {
  it.each([
    [
      'an unknown placeholder, and say which was meant',
      'notifications: { templates: { en: { handoff: { subject: "{{sumary}}" } } } }',
      'There is no placeholder {{sumary}} here',
      'did you mean "summary"?',
    ],
    [
      'a word of ours in a text for the customer',
      'notifications: { templates: { en: { customer_confirmation: { opening: "{{business_impact}}" } } } }',
      'There is no placeholder {{business_impact}} here; there are ticket, contact, expected_by, next_update',
      '',
    ],
    [
      'braces that do not close',
      'notifications: { templates: { en: { handoff: { subject: "{{summary" } } } }',
      'two pairs of braces',
      '',
    ],
    [
      'an unknown kind',
      'notifications: { send: [{ kind: hand_of, over: slack }] }',
      'no kind of notice "hand_of"',
      '"handoff"',
    ],
    [
      'an unknown role',
      'notifications: { send: [{ kind: handoff, to: directr, over: slack }] }',
      'no role "directr"',
      '"director"',
    ],
    ['an unknown channel', 'notifications: { send: [{ kind: handoff, over: slak }] }', 'over[0]', ''],
    [
      'an unknown queue',
      'channels: { slack: { channels: [{ queue: nope, channel: "#a" }] } }',
      'There is no queue "nope"',
      '',
    ],
    [
      'e-mail without a sender',
      'notifications: { send: [{ kind: handoff, to: owner, over: email }] }',
      'channels.email.from',
      '',
    ],
    [
      'a webhook without an address',
      'notifications: { send: [{ kind: handoff, over: webhook }] }',
      'channels.webhook.url',
      '',
    ],
    ['a webhook that anybody can read on its way', 'channels: { webhook: { url: "http://x.example/" } }', 'https', ''],
    ['a channel without its #', 'channels: { slack: { channel: escalations } }', 'Write a channel such as', ''],
    [
      'a live role that is given to somebody',
      'notifications: { roles: { owner: [a@x.example] } }',
      'filled by each escalation',
      '',
    ],
    [
      'somebody who cannot be told',
      'notifications: { roles: { vp: [{ name: Vera }] } }',
      'Give an e-mail address or a Slack id',
      '',
    ],
  ])('%s', (_, yaml, told, hint) => {
    const { problems } = toldOf(`  ${yaml}\n`)
    expect(problems.join('\n')).toContain(told)
    expect(problems.join('\n')).toContain(hint)
  })
})

describe('a policy is taken with a warning for', () => {
  it('a role nobody holds', () => {
    const { warnings } = toldOf(
      '  notifications: { send: [{ kind: handoff, to: [tier2_lead, on_call], over: slack }] }\n',
    )
    expect(warnings.join('\n')).toContain('Nobody holds the role "tier2_lead"')
    expect(warnings.join('\n')).not.toContain('on_call')
  })

  it('a word of a severity override that is no channel', () => {
    const loaded = loadPolicy(TEMPLATE.replace('notification: slack_oncall', 'notification: slack_on_call_'))
    expect(loaded.ok && loaded.warnings.map(({ message }) => message).join()).toContain('did you mean "slack_oncall"')
  })
})

describe('the plain template', () => {
  it('is taken as it is, its words as channels, without a warning about them', () => {
    const loaded = loadPolicy(TEMPLATE)
    if (!loaded.ok) throw new Error('refused')
    expect(loaded.warnings.filter(({ path }) => path.includes('notification'))).toEqual([])
    expect(loaded.policy.notifications.rules[0]!.over).toEqual(['by_severity'])
  })
})

describe('two policies', () => {
  it('differ by who is told what', () => {
    const before = aPolicy()
    const after = aPolicy(`  channels: { slack: { channel: "#x" } }
  notifications: { dry_run: true, send: [{ kind: handoff, over: slack }], roles: { vp: [v@x.example] } }\n`)
    expect(diffPolicies(before, after)).toEqual([
      'channels: slack changed',
      'notifications: sent → a dry run',
      'notifications, what is sent: changed',
      'roles: vp added',
    ])
  })
})
