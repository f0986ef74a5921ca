import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type LocalPagerDuty, startPagerDuty } from '../pagerduty/server.ts'
import { type LocalSlack, startSlack } from '../slack/server.ts'
import { BOT_TOKEN } from '../slack/state.ts'
import { type LocalSmtp, startSmtp } from '../smtp/server.ts'
import { type ChannelGate, startChannelGate } from '../support/channel-gate.ts'
import { createRunningClock } from '../support/clock.ts'

/** What a program of the company's own was sent, as it came. */
export type Hooked = { key: string; isSigned: boolean; body: string }

/** All channels, those that speak HTTP behind a gate at which calls can be cut. */
export type Channels = AsyncDisposable & {
  slack: LocalSlack
  pagerduty: LocalPagerDuty
  smtp: LocalSmtp
  hooked: Hooked[]
  gate: ChannelGate
  /** What the server is configured with. */
  env: Record<string, string>
  /** For the policy. */
  webhookUrl: string
}

export async function startChannels(): Promise<Channels> {
  await using opened = new AsyncDisposableStack()
  const slack = opened.use(await startSlack({ clock: createRunningClock() }))
  const pagerduty = opened.use(await startPagerDuty())
  const smtp = opened.use(await startSmtp())
  const secret = randomBytes(32).toString('hex')
  const hooked: Hooked[] = []
  const hook = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk) => void chunks.push(chunk))
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const signed = `${req.headers['baton-timestamp']}.${body}`
      const signature = `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`
      const isSigned = req.headers['baton-signature'] === signature
      hooked.push({ key: String(req.headers['idempotency-key']), isSigned, body })
      res.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => void hook.listen(0, '127.0.0.1', () => resolve()))
  opened.defer(() => {
    hook.closeAllConnections()
    return new Promise<void>((resolve) => void hook.close(() => resolve()))
  })
  const hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`
  const targetOf = (path: string) =>
    path.startsWith('/api/') ? slack.url : path.startsWith('/v2/') ? pagerduty.url : hookUrl
  const gate = opened.use(await startChannelGate(targetOf))
  const closing = opened.move()
  return {
    ...{ slack, pagerduty, smtp, hooked, gate },
    webhookUrl: `${gate.url}/hook`,
    env: {
      ...{ BATON_SLACK_TOKEN: BOT_TOKEN, BATON_SLACK_URL: gate.url },
      ...{ BATON_PAGERDUTY_KEY: pagerduty.keys.default!, BATON_PAGERDUTY_URL: gate.url },
      ...{ BATON_SMTP_URL: smtp.smtpUrl, BATON_NOTICE_SECRET: secret },
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
