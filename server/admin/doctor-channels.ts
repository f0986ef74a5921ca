import { createTransport } from 'nodemailer'
import type { Channel, Route } from '../../core/notice/words.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import type { NotifyConfig } from '../config.ts'
import { NotifyError } from '../notify/error.ts'
import { createSlackApi } from '../notify/slack-api.ts'
import type { Finding } from './doctor.ts'

/** Looks at every channel that the server was given or the policy tells people over. Nobody is sent anything. */
export async function channelFindings(policy: Policy, config: NotifyConfig, clock: Clock): Promise<Finding[]> {
  const used = channelsUsed(policy)
  const found = await Promise.all([
    config.slack.token
      ? slackFinding(config.slack.url, config.slack.token, clock)
      : missing('slack', 'BATON_SLACK_TOKEN'),
    config.slack.webhookUrl ? unproven('Slack’s webhook') : missing('slack_webhook', 'BATON_SLACK_WEBHOOK'),
    pagerDutyFinding(),
    config.smtpUrl ? mailFinding(config.smtpUrl) : missing('email', 'BATON_SMTP_URL'),
    config.webhookSecret ? unproven('The webhook of notices') : missing('webhook', 'BATON_NOTICE_SECRET'),
  ])
  return found.filter((one) => one !== null)

  function missing(channel: Channel, variable: string): Finding | null {
    if (!used.has(channel)) return null
    const advice = `Set ${variable}, or let the policy tell them over another channel. Until then such notices are suppressed.`
    return { level: 'warning', title: `The policy tells people over ${channel}, which is not set up`, advice }
  }

  /** Only an event would prove a key, and that might wake somebody. Its form was checked when the server read it. */
  function pagerDutyFinding(): Finding | null {
    const { keys } = config.pagerduty
    const names = Object.keys(keys)
    if (names.length === 0) return missing('pagerduty', 'BATON_PAGERDUTY_KEY')
    const { service, services } = policy.channels.pagerduty
    const wanted = used.has('pagerduty') ? [service, ...services.map((one) => one.service)] : []
    const lacking = [...new Set(wanted)].filter((name) => !Object.hasOwn(keys, name))
    if (lacking.length > 0) {
      const advice = 'Add them to BATON_PAGERDUTY_KEYS, or correct the policy.'
      return { level: 'failure', title: `PagerDuty has no key named ${lacking.join(', ')}`, advice }
    }
    return { level: 'ok', title: `PagerDuty: ${names.length} key(s) in the right form, not tried`, advice: null }
  }
}

/** Slack and the receiver of the webhook take nothing but messages, so they are not asked. */
async function unproven(name: string): Promise<Finding> {
  return { level: 'ok', title: `${name} is set up, not tried`, advice: null }
}

async function slackFinding(url: string, token: string, clock: Clock): Promise<Finding> {
  try {
    await createSlackApi(url, token, clock)('auth.test', {})
    return { level: 'ok', title: 'Slack knows the token', advice: null }
  } catch (error) {
    const reason = error instanceof NotifyError ? error.reason : 'no-answer'
    const isRefused = error instanceof NotifyError && error.failure === 'refused'
    const advice = isRefused
      ? 'Put the token of the app’s bot into BATON_SLACK_TOKEN; the app’s page “Install App” shows it.'
      : 'Check BATON_SLACK_URL and whether this server may reach it, and run this again.'
    return { level: isRefused ? 'failure' : 'warning', title: `Slack answered ${reason}`, advice }
  }
}

/** Connects and signs in, and goes before there is a letter. */
async function mailFinding(smtpUrl: string): Promise<Finding> {
  const limits = { connectionTimeout: 5 * SECOND_MS, greetingTimeout: 5 * SECOND_MS, socketTimeout: 10 * SECOND_MS }
  const transport = createTransport({ url: smtpUrl, ...limits })
  try {
    await transport.verify()
    return { level: 'ok', title: 'The mail server takes our sign-in', advice: null }
  } catch (error) {
    // What mail servers answer may repeat addresses and names.
    const { code } = error as { code?: unknown }
    const isRefused = code === 'EAUTH'
    const advice = isRefused
      ? 'Check user and password in BATON_SMTP_URL; signs in them are written as in addresses (%40 for @).'
      : 'Check the address in BATON_SMTP_URL and whether this server may reach it, and run this again.'
    const title = isRefused
      ? 'The mail server refuses user or password'
      : `The mail server does not answer (${String(code)})`
    return { level: isRefused ? 'failure' : 'warning', title, advice }
  } finally {
    transport.close()
  }
}

const CHANNEL_OF: Record<Exclude<Route, 'by_severity'>, Channel> = {
  zendesk: 'zendesk',
  slack: 'slack',
  slack_channel: 'slack',
  slack_oncall: 'slack',
  slack_webhook: 'slack_webhook',
  pagerduty: 'pagerduty',
  email: 'email',
  webhook: 'webhook',
}

/** As the rules name them; what `by_severity` leads to is for each escalation to say. */
function channelsUsed({ notifications }: Policy): Set<Channel> {
  const routes = notifications.rules.flatMap(({ over, fallback }): Route[] => [...over, ...fallback])
  return new Set(routes.flatMap((route) => (route === 'by_severity' ? [] : [CHANNEL_OF[route]])))
}
