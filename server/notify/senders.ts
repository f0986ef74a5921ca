import type { Channel } from '../../core/notice/words.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Clock } from '../../core/units.ts'
import type { NotifyConfig } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { createEmail } from './email.ts'
import { notConfigured } from './error.ts'
import { createPagerDuty } from './pagerduty.ts'
import type { Sender } from './sender.ts'
import { createSlack } from './slack.ts'
import { createSlackApi } from './slack-api.ts'
import { createSlackWebhook } from './slack-webhook.ts'
import { createWebhook } from './webhook.ts'
import { createZendeskSender } from './zendesk.ts'

export type Senders = Readonly<Record<Channel, Sender>>

export type SenderDeps = {
  config: NotifyConfig
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  /** In force now. */
  policyOf(accountId: number): Promise<Policy>
}

/** What carries notices over each channel; a channel that is not set up refuses. */
export function createSenders({ config, db, clock, jobs, policyOf }: SenderDeps): Senders {
  const { slack, pagerduty, smtpUrl, webhookSecret } = config
  const fromOf = async (accountId: number) => (await policyOf(accountId)).channels.email.from
  const urlOf = async (accountId: number) => (await policyOf(accountId)).channels.webhook.url
  return {
    zendesk: createZendeskSender({ db, clock, jobs }),
    slack: slack.token ? createSlack(createSlackApi(slack.url, slack.token, clock)) : missing('Slack'),
    slack_webhook: slack.webhookUrl ? createSlackWebhook(slack.webhookUrl, clock) : missing('Slack’s webhook'),
    pagerduty: createPagerDuty(pagerduty, clock),
    email: smtpUrl ? createEmail(smtpUrl, fromOf) : missing('E-mail'),
    webhook: webhookSecret ? createWebhook(webhookSecret, urlOf, clock) : missing('The webhook'),
  }
}

function missing(name: string): Sender {
  return async () => {
    throw notConfigured(name)
  }
}
