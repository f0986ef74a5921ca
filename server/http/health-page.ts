import { createHash } from 'node:crypto'
import type { WebhookOutcome } from '../metrics.ts'
import type { Health } from '../openapi/health.ts'
import type { ExportName } from '../sync/exports.ts'
import { adviceOn, EXPORT_WORDS, STREAM_STATES } from '../sync/words.ts'
import { ago, escaped, type Row, row, rows, section, span, table, time } from './health-html.ts'
import { type Trouble, troublesOf } from './health-troubles.ts'
import {
  FINDING_WORDS,
  READING_STATES,
  SCHEDULE_STATES,
  TIMER_STATES,
  WEBHOOK_WORDS,
  ZENDESK_STATES,
} from './health-words.ts'

/** The health page for people: no scripts, nothing loaded from anywhere, and no words of a customer's. */
export function healthPage(health: Health): string {
  const { at } = health
  const troubles = troublesOf(health)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${troubles.length === 0 ? 'Baton: all is well' : `Baton: ${troubles.length} to look at`}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Baton</h1>
<p>As of ${time(at)} UTC.</p>
${troubles.length === 0 ? '<p><strong>All is well.</strong></p>' : section('To look at', listOf(troubles))}
${timersSection(health)}
${section('Findings', findingsOf(health))}
${noticesSection(health)}
${webhooksSection(health)}
${section('Queue', queueTable(health.queue))}
${partsSection(health)}
${syncSection(health)}
</main>
</body>
</html>
`
}

/** The header that lets the page's own style in, and nothing else. */
export function healthPagePolicy(): string {
  const digest = createHash('sha256').update(STYLE).digest('base64')
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

function timersSection({ timers }: Health): string {
  return section(
    'Timers',
    rows([
      ['State', TIMER_STATES[timers.state]],
      ['Due now', timers.due],
      ['Late', timers.late],
      ['Last sweep', ago(timers.sweepAgeSeconds)],
      ['Canary last fired', ago(timers.canaryAgeSeconds)],
      ['It was late by', span(timers.canaryLateSeconds)],
    ]),
  )
}

function noticesSection({ notices }: Health): string {
  if (!notices) return section('Notices', '<p>Unknown.</p>')
  const counts = rows([
    ['Waiting or on their way', notices.waiting],
    ['Failed within a day', notices.failed],
    ['Not sent to anybody within a day', notices.suppressed],
  ])
  const reasons = notices.reasons.map(({ state, channel, why, count }) =>
    row([why, state === 'failed' ? 'Failed' : 'Not sent', channel, count]),
  )
  const failures = notices.failures.map(({ escalationId, kind, channel, why, at }) =>
    row([escalationId, `${kind} over ${channel}: ${why}`], time(at)),
  )
  return [
    section('Notices', counts),
    reasons.length === 0
      ? ''
      : section('Why notices did not arrive', table(['Reason', 'What', 'Channel', 'Count'], reasons)),
    failures.length === 0
      ? ''
      : section('Notices that failed last', table(['Escalation', 'What', 'When (UTC)'], failures)),
  ].join('')
}

function webhooksSection({ webhooks }: Health): string {
  const lasting = rows([
    ['Stored in the last hour', webhooks.acceptedLastHour ?? 'unknown'],
    ['Last one stored', lastStored(webhooks)],
    ['Tickets that wait for a look to be queued', webhooks.undispatched ?? 'unknown'],
  ])
  const answered = Object.entries(webhooks.answered).map(
    ([outcome, count]): Row => [WEBHOOK_WORDS[outcome as WebhookOutcome] ?? outcome, count],
  )
  return [
    section('Webhooks', lasting),
    answered.length === 0 ? '' : section('Webhooks since this server started', rows(answered)),
  ].join('')
}

function lastStored({ acceptedLastHour, lastAcceptedAgeSeconds }: Health['webhooks']): string {
  if (acceptedLastHour === null) return 'unknown'
  return lastAcceptedAgeSeconds === null ? 'none within a day' : ago(lastAcceptedAgeSeconds)
}

function partsSection({ database, zendesk, zendeskCalls, catchUp, metricEvents, schedules }: Health): string {
  return section(
    'Parts',
    rows([
      ['Database', database === 'ok' ? 'Answers' : 'Is away'],
      ['Zendesk', ZENDESK_STATES[zendesk]],
      ['Calls Zendesk allows a minute', zendeskCalls?.limit ?? 'unknown'],
      ['Of our share left now', zendeskCalls?.left ?? 'unknown'],
      ['What webhooks missed', READING_STATES[catchUp.state]],
      ['It is behind by', span(catchUp.lagSeconds)],
      ['Zendesk’s own clocks', READING_STATES[metricEvents.state]],
      ['They are behind by', span(metricEvents.lagSeconds)],
      ['Schedules', SCHEDULE_STATES[schedules.state]],
      ['Last read', ago(schedules.readAgeSeconds)],
    ]),
  )
}

function syncSection({ sync }: Health): string {
  if (!sync) return ''
  const { exports, callsPerMinute, callsUsed, leftSeconds, completeSince, reconciled } = sync
  const body = exports.map(({ export: name, state, lagSeconds, kept, progress }) => {
    const advice = adviceOn({ export: name as ExportName, state })
    const done = progress === null ? '' : ` ${Math.floor(progress * 100)} %`
    const said = `${STREAM_STATES[state]}${done}${advice === null ? '' : `. ${advice}`}`
    return row([EXPORT_WORDS[name as ExportName], said, lagSeconds === null ? '' : span(lagSeconds), kept])
  })
  return [
    section('The whole account', table(['What', 'State', 'Behind by', 'Rows kept'], body)),
    section(
      'Reading it',
      rows([
        ['Calls of exports Zendesk allows a minute', callsPerMinute],
        ['Of them used in the last hour', callsUsed === null ? 'none' : `${Math.floor(callsUsed * 100)} %`],
        ['Tickets are complete since (UTC)', completeSince?.slice(0, 16).replace('T', ' ') ?? 'unknown'],
        ['The past is read in about', leftSeconds === null ? 'nothing is left' : span(leftSeconds)],
        ['Record compared with the tickets (UTC)', reconciled?.at.slice(0, 16).replace('T', ' ') ?? 'not yet'],
        ['Then missed', reconciled?.missed ?? 'unknown'],
        ['Then deleted and still open here', reconciled?.gone ?? 'unknown'],
        ['Then of another stage', reconciled?.differing ?? 'unknown'],
      ]),
    ),
  ].join('')
}

function findingsOf({ timers: { findings } }: Health): string {
  if (findings.length === 0) return '<p>None.</p>'
  const body = findings.map(({ kind, escalationId, since }) => row([escalationId, FINDING_WORDS[kind]], time(since)))
  return table(['Escalation', 'What', 'Since (UTC)'], body)
}

function queueTable(queue: Health['queue']): string {
  if (!queue) return '<p>Unknown.</p>'
  const body = Object.entries(queue).map(([job, { waiting, active, dead }]) => row([job, waiting, active, dead]))
  return table(['Job', 'Waiting', 'Running', 'Dead'], body)
}

function listOf(troubles: Trouble[]): string {
  return `<ul>${troubles.map(({ what, advice }) => `<li><strong>${escaped(what)}</strong><br>${escaped(advice)}</li>`).join('')}</ul>`
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2937; --paper: #ffffff; --line: #6b7280; --quiet: #4b5563; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f4f6; --paper: #111827; --line: #9ca3af; --quiet: #d1d5db; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: normal; color: var(--quiet); } thead th { font-weight: 600; }
ul { margin: 0.25rem 0; padding-inline-start: 1.25rem; } li { margin-bottom: 0.5rem; overflow-wrap: anywhere; }
td { font-variant-numeric: tabular-nums; }
@media (max-width: 30rem) { th, td { font-size: 0.85rem; padding-inline-end: 0.4rem; } }
`
