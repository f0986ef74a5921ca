import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelFindings } from '../../../server/admin/doctor-channels.ts'
import { NO_CHANNELS, type NotifyConfig } from '../../../server/config.ts'
import { aPolicy } from '../../core/policy/policies.ts'
import { KEYS, type LocalPagerDuty, startPagerDuty } from '../../pagerduty/server.ts'
import { type LocalSlack, startSlack } from '../../slack/server.ts'
import { BOT_TOKEN } from '../../slack/state.ts'
import { type LocalSmtp, startSmtp } from '../../smtp/server.ts'
import { createStoppedClock } from '../../support/clock.ts'

const clock = createStoppedClock('2026-03-06 09:00Z')
let slack: LocalSlack
let smtp: LocalSmtp
let pagerduty: LocalPagerDuty
beforeAll(async () => {
  slack = await startSlack({ clock })
  smtp = await startSmtp()
  pagerduty = await startPagerDuty()
})
afterAll(async () => {
  for (const one of [slack, smtp, pagerduty]) await one[Symbol.asyncDispose]()
})

const policy = (over: string, service = 'default') =>
  aPolicy(`  channels: { email: { from: baton@northwind.example }, webhook: { url: https://example.com/b }, pagerduty: { service: ${service} } }
  notifications:
    roles: { director: { name: Vera, email: vera@northwind.example } }
    send: [{ kind: handoff, to: director, over: [${over}] }]
`)
const look = async (over: string, config: Partial<NotifyConfig> = {}, service?: string) =>
  (await channelFindings(policy(over, service), { ...NO_CHANNELS, ...config }, clock)).map(
    ({ level, title }) => `${level}: ${title}`,
  )
const ofSlack = (token: string, url = slack.url) => ({ slack: { url, token, webhookUrl: null } })

describe('doctor', () => {
  it('signs in to each channel that is set up, and sends nothing', async () => {
    const [key] = Object.values(KEYS)
    const found = await look('slack, email, pagerduty, webhook', {
      ...ofSlack(BOT_TOKEN),
      ...{ smtpUrl: smtp.smtpUrl, webhookSecret: 'x'.repeat(32) },
      pagerduty: { url: pagerduty.url, keys: { default: key! } },
    })
    expect(found).toEqual([
      'ok: Slack knows the token',
      'ok: PagerDuty: 1 key(s) in the right form, not tried',
      'ok: The mail server takes our sign-in',
      'ok: The webhook of notices is set up, not tried',
    ])
    expect([slack.state.messages, smtp.letters, pagerduty.requests]).toEqual([[], [], 0])
  })

  it.each([
    ['Slack refuses the token', () => ofSlack('xoxb-another'), 'failure: Slack answered invalid_auth'],
    ['Slack cannot be reached', () => ofSlack(BOT_TOKEN, 'http://127.0.0.1:1'), 'warning: Slack answered no-answer'],
    [
      'the mail server refuses the password',
      () => ({ smtpUrl: smtp.smtpUrl.replace(/:[^:@/]+@/, ':wrong@') }),
      'failure: The mail server refuses user or password',
    ],
    [
      'the mail server cannot be reached',
      () => ({ smtpUrl: 'smtp://127.0.0.1:1' }),
      'warning: The mail server does not answer (ESOCKET)',
    ],
  ])('says that %s, and repeats no secret', async (_, config, expected) => {
    expect(await look('zendesk', config())).toEqual([expected])
  })

  it('names channels that the policy tells people over and the server was not given, and keys that are missing', async () => {
    expect(await look('slack, email, slack_webhook, webhook, pagerduty')).toEqual(
      ['slack', 'slack_webhook', 'pagerduty', 'email', 'webhook'].map(
        (channel) => `warning: The policy tells people over ${channel}, which is not set up`,
      ),
    )
    const keys = { pagerduty: { url: pagerduty.url, keys: { default: 'k'.repeat(32) } } }
    expect(await look('pagerduty', keys, 'platform')).toEqual(['failure: PagerDuty has no key named platform'])
    expect(await look('zendesk')).toEqual([])
  })
})
