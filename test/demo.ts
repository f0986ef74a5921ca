/** `npm run demo`: the whole product on this machine, with a company in it. `-- --check` plays the story and says how it went. */
import { Command } from 'commander'
import { sizeOf } from './demo/history.ts'
import { startDemo } from './demo/start-demo.ts'
import { playStory } from './demo/story.ts'
import { freePort } from './support/free-port.ts'
import { temporaryHome } from './support/temporary-home.ts'

const program = new Command('npm run demo --')
  .description('The local Zendesk, Baton and the app, ready to try. Needs no account and no database.')
  .option('--check', 'play the story in a headless browser, print each step with its time, and stop')
  .option('--history <tickets>', 'how many tickets the company has written so far, every eighth escalated', '1500')
  .option('--no-history', 'begin with an account that nobody has used Baton in')
  .parse()

const { check = false, history } = program.opts<{ check?: boolean; history: string | false }>()
const tickets = check ? 0 : Number(history)

try {
  const local = await startDemo({
    databaseUrl: null,
    home: temporaryHome('baton-demo-'),
    zendesk: { port: check ? 0 : await freePort(4600) },
    port: check ? 0 : await freePort(4602),
    config: { logLevel: 'warn' },
    history: tickets > 0 ? sizeOf(tickets) : null,
    ...(check
      ? {}
      : {
          channelPorts: {
            slack: await freePort(4604),
            pagerduty: await freePort(4606),
            mail: await freePort(4608),
          },
          onStep: (sentence: string) => console.log(`  ${sentence}`),
        }),
  })
  if (check) {
    const isPlayed = await playStory(local)
    await local[Symbol.asyncDispose]()
    process.exit(isPlayed ? 0 : 1)
  }
  console.log(`
Open ${local.zendesk.url}/agent

  Act as Ana Lindqvist, open "SSO login fails intermittently with SAML assertion error", and find Baton in the apps panel.
  Once it is escalated, move the clock in the top bar on: it warns, is missed, and the ticket goes to the next tier by itself.
  Or go on as the people it came to: act as Elif Aydin and accept or return it, hand it on, and act as whoever gets it.
  Act as Lea Novak, an admin, and choose Baton in the bar on the left: what presses now, figures, reviews, a briefing.
  Baton’s icon in the navigation bar opens figures and reviews; act as Jo Fraser, who leads, or Lea Novak, an admin.
  What people are told outside of the ticket: Slack ${local.channels.slack.url}, PagerDuty ${local.channels.pagerduty.url},
  e-mail ${local.channels.smtp.url}; whether all goes well: ${local.baton.url}/health
  Stop with Ctrl+C. Nothing is kept: each demo starts anew.`)
  if (tickets > 0) console.log('\n  Meanwhile Baton reads what was before it came, and the clock goes faster:')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await local[Symbol.asyncDispose]()
      process.exit(0)
    })
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
