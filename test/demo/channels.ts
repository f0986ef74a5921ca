import { NO_CHANNELS, type NotifyConfig } from '../../server/config.ts'
import { type LocalPagerDuty, startPagerDuty } from '../pagerduty/server.ts'
import { type LocalSlack, startSlack } from '../slack/server.ts'
import { BOT_TOKEN } from '../slack/state.ts'
import { type LocalSmtp, startSmtp } from '../smtp/server.ts'
import type { MovableClock } from '../zendesk/world.ts'

/** Where people are told outside of the ticket; each has a page that shows its messages. */
export type Channels = AsyncDisposable & {
  slack: LocalSlack
  pagerduty: LocalPagerDuty
  smtp: LocalSmtp
  config: NotifyConfig
}

/** Of the channels' pages; 0 for any. */
export type ChannelPorts = { slack: number; pagerduty: number; mail: number }

export async function startChannels(clock: MovableClock, ports: ChannelPorts): Promise<Channels> {
  await using opened = new AsyncDisposableStack()
  const slack = opened.use(await startSlack({ clock, port: ports.slack }))
  const pagerduty = opened.use(await startPagerDuty({ port: ports.pagerduty }))
  const smtp = opened.use(await startSmtp({ pagePort: ports.mail }))
  const config: NotifyConfig = {
    ...NO_CHANNELS,
    slack: { url: slack.url, token: BOT_TOKEN, webhookUrl: null },
    pagerduty: { url: pagerduty.url, keys: pagerduty.keys },
    smtpUrl: smtp.smtpUrl,
  }
  const closing = opened.move()
  return { slack, pagerduty, smtp, config, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}
