import { createHash } from 'node:crypto'
import type { WebhookOutcome } from '../metrics.ts'
import type { Health } from '../openapi/health.ts'

/** The health page for people: no scripts, nothing loaded from anywhere, and no words of a customer's. */
export function healthPage(health: Health): string {
  const { at, timers, webhooks, queue, catchUp, database, zendesk } = health
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
<p>As of <time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>.</p>
${troubles.length === 0 ? '<p><strong>All is well.</strong></p>' : section('To look at', list(troubles))}
${section(
  'Timers',
  rows([
    ['State', TIMER_STATES[timers.state]],
    ['Due now', timers.due],
    ['Late', timers.late],
    ['Last sweep', ago(timers.sweepAgeSeconds)],
    ['Canary last fired', ago(timers.canaryAgeSeconds)],
    ['It was late by', span(timers.canaryLateSeconds)],
  ]),
)}
${section('Findings', findingsOf(health))}
${section(
  'Webhooks since the server started',
  rows([
    ...Object.entries(webhooks.answered).map(
      ([outcome, count]): Row => [WEBHOOK_WORDS[outcome as WebhookOutcome] ?? outcome, count],
    ),
    ['Stored, and not handed to the queue yet', webhooks.undispatched ?? 'unknown'],
  ]),
)}
${section('Queue', queueTable(queue))}
${section(
  'Parts',
  rows([
    ['Database', database === 'ok' ? 'Answers' : 'Is away'],
    ['Zendesk', ZENDESK_STATES[zendesk]],
    ['What webhooks missed', CATCH_UP_STATES[catchUp.state]],
    ['It is behind by', span(catchUp.lagSeconds)],
  ]),
)}
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

type Row = [string, string | number]

const TIMER_STATES: Record<Health['timers']['state'], string> = {
  ok: 'On time',
  late: 'Something is told later than it should be',
  frozen: 'They stand still: nothing is told',
  unknown: 'Nobody has looked yet',
}

const ZENDESK_STATES: Record<Health['zendesk'], string> = {
  'signed-in': 'Signed in',
  expired: 'The sign-in has expired; the next call renews it',
  never: 'Never signed in',
  unknown: 'Unknown',
}

const CATCH_UP_STATES: Record<Health['catchUp']['state'], string> = {
  current: 'Is made up for',
  behind: 'Is not made up for yet',
  denied: 'Cannot be read: the integration user may not read exports',
  never: 'Was never looked for',
  unknown: 'Unknown',
}

const WEBHOOK_WORDS: Record<WebhookOutcome, string> = {
  accepted: 'Stored',
  duplicate: 'Came again',
  unsigned: 'Refused: without a signature',
  'bad-signature': 'Refused: signed with another secret',
  stale: 'Refused: too old',
  'test-secret': 'Refused: signed with the published test secret',
  'unknown-account': 'Refused: of an account we do not know',
  'too-large': 'Refused: too large',
  invalid: 'Refused: not what our trigger sends',
  unavailable: 'Could not be stored',
}

const FINDING_WORDS: Record<Health['timers']['findings'][number]['kind'], string> = {
  failed: 'Could not be told; it is tried again',
  stuck: 'Was told and is due all the same',
  overdue: 'Is overdue',
  undelivered: 'Was told, but the comment is not in the ticket',
  repaired: 'Waited for the wrong instant; repaired',
}

function troublesOf({ timers, queue, catchUp, database }: Health): string[] {
  const dead = Object.values(queue ?? {}).reduce((sum, { dead }) => sum + dead, 0)
  return [
    ...(database === 'away' ? ['The database is away'] : []),
    ...(timers.state === 'ok' ? [] : [`Timers: ${TIMER_STATES[timers.state]}`]),
    ...(timers.findings.length > 0 ? [`Findings about timers: ${timers.findings.length}`] : []),
    ...(dead > 0 ? [`Dead jobs: ${dead}`] : []),
    ...(catchUp.state === 'behind' || catchUp.state === 'denied'
      ? [`What webhooks missed: ${CATCH_UP_STATES[catchUp.state]}`]
      : []),
  ]
}

function findingsOf({ timers: { findings } }: Health): string {
  if (findings.length === 0) return '<p>None.</p>'
  const body = findings.map(
    ({ kind, escalationId, since }) =>
      `<tr><th scope="row">${escaped(escalationId)}</th><td>${FINDING_WORDS[kind]}</td><td><time datetime="${since}">${since.slice(0, 19).replace('T', ' ')}</time></td></tr>`,
  )
  return table(['Escalation', 'What', 'Since (UTC)'], body)
}

function queueTable(queue: Health['queue']): string {
  if (!queue) return '<p>Unknown.</p>'
  const body = Object.entries(queue).map(
    ([job, { waiting, active, dead }]) =>
      `<tr><th scope="row">${escaped(job)}</th><td>${waiting}</td><td>${active}</td><td>${dead}</td></tr>`,
  )
  return table(['Job', 'Waiting', 'Running', 'Dead'], body)
}

function section(title: string, content: string): string {
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-')
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`
}

function table(heads: string[], body: string[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

function rows(all: Row[]): string {
  const body = all.map(
    ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(String(value))}</td></tr>`,
  )
  return `<table><tbody>${body.join('')}</tbody></table>`
}

function list(items: string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
}

function ago(seconds: number | null): string {
  return seconds === null ? 'never' : `${span(seconds)} ago`
}

function span(seconds: number | null): string {
  if (seconds === null) return 'unknown'
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1f2937; --paper: #ffffff; --line: #6b7280; --quiet: #4b5563; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f4f6; --paper: #111827; --line: #9ca3af; --quiet: #d1d5db; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
th { font-weight: normal; color: var(--quiet); } thead th { font-weight: 600; }
td { font-variant-numeric: tabular-nums; }
@media (max-width: 30rem) { th, td { font-size: 0.85rem; padding-inline-end: 0.4rem; } }
`
