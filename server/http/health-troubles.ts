import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { Health } from '../openapi/health.ts'
import type { ExportName } from '../sync/exports.ts'
import { adviceOn, EXPORT_WORDS, STREAM_STATES } from '../sync/words.ts'
import { READING_STATES, TIMER_STATES } from './health-words.ts'

/** Something to look at, and what to do about it. */
export type Trouble = { what: string; advice: string }

/** A look is queued within seconds of its webhook. */
const DISPATCHED_WITHIN_S = MINUTE_MS / SECOND_MS

/** What somebody should do something about, the gravest first. */
export function troublesOf(health: Health): Trouble[] {
  return [
    ...databaseTroubles(health),
    ...timerTroubles(health),
    ...webhookTroubles(health),
    ...noticeTroubles(health),
    ...readingTroubles(health),
    ...syncTroubles(health),
    ...queueTroubles(health),
    ...zendeskTroubles(health),
  ]
}

function databaseTroubles({ database }: Health): Trouble[] {
  if (database === 'ok') return []
  const advice = 'Bring it back: webhooks are answered with 503 until then, and this server recovers by itself.'
  return [{ what: 'The database is away', advice }]
}

function timerTroubles({ timers: { state, findings } }: Health): Trouble[] {
  const advice: Record<typeof state, string> = {
    ok: '',
    late: 'Wait while a server works off what was missed. When it lasts, look at the findings below.',
    frozen: 'The log’s “sweep.failed” says why. Restart the server: it tells what was missed.',
    unknown: 'The first sweep comes about a second after the start. When it does not, look at the log.',
  }
  return [
    ...(state === 'ok' ? [] : [{ what: `Timers: ${TIMER_STATES[state]}`, advice: advice[state] }]),
    ...(findings.length === 0
      ? []
      : [
          {
            what: `Findings about timers: ${findings.length}`,
            advice: 'They are named below; docs/operations.md says what to do about each kind.',
          },
        ]),
  ]
}

function webhookTroubles({ webhooks }: Health): Trouble[] {
  const { answered, undispatched, acceptedLastHour, lastAcceptedAgeSeconds } = webhooks
  const isStuck = (undispatched ?? 0) > 0 && (lastAcceptedAgeSeconds ?? 0) > DISPATCHED_WITHIN_S
  const refused = answered['bad-signature'] ?? 0
  return [
    ...(isStuck
      ? [
          {
            what: `Webhooks are stored and not looked at: ${undispatched} tickets wait`,
            advice: 'The log’s “inbox.dispatch-failed” says why. Restart the server: nothing is lost.',
          },
        ]
      : []),
    ...(refused > 0 && acceptedLastHour === 0
      ? [
          {
            what: `Webhooks are refused: ${refused} since the start were signed with another secret`,
            advice:
              'When they are Zendesk’s, its secret was changed: run `baton setup`. `baton doctor` compares the two.',
          },
        ]
      : []),
  ]
}

function noticeTroubles({ notices }: Health): Trouble[] {
  if (!notices || notices.failed === 0) return []
  const advice =
    '`baton notices --failed` says whom they were for. Mend the channel, then send each with `baton notices retry ID`.'
  return [{ what: `Notices of the last day that did not arrive: ${notices.failed}`, advice }]
}

function readingTroubles({ catchUp, metricEvents, schedules }: Health): Trouble[] {
  const advice: Partial<Record<Health['catchUp']['state'], string>> = {
    behind: 'It goes on by itself once Zendesk answers; the log says why it stopped.',
    denied: 'Make the integration user an admin, with the scope “read” on its OAuth client. `baton doctor` checks it.',
  }
  const reading = (name: string, { state }: Health['catchUp']) =>
    advice[state] === undefined ? [] : [{ what: `${name}: ${READING_STATES[state]}`, advice: advice[state] }]
  return [
    ...reading('What webhooks missed', catchUp),
    ...reading('Zendesk’s own clocks', metricEvents),
    ...(schedules.troubles === 0
      ? []
      : [
          {
            what: `Schedules that are not as the policy names them: ${schedules.troubles}`,
            advice: '`baton schedules` says which, why, and what counts meanwhile.',
          },
        ]),
  ]
}

const SAID_ABOVE = ['tickets', 'ticket-metric-events']

/** What the account has not got is no trouble; the page says it where it is shown. */
function syncTroubles({ sync }: Health): Trouble[] {
  return (sync?.exports ?? [])
    .filter(({ export: name, state }) => !SAID_ABOVE.includes(name) && (state === 'denied' || state === 'behind'))
    .map(({ export: name, state }) => ({
      what: `${EXPORT_WORDS[name as ExportName]}: ${STREAM_STATES[state]}`,
      advice:
        adviceOn({ export: name as ExportName, state }) ??
        'It goes on by itself once Zendesk answers; the log’s “sync.stopped” says why it stopped.',
    }))
}

function queueTroubles({ queue }: Health): Trouble[] {
  const dead = Object.values(queue ?? {}).reduce((sum, { dead }) => sum + dead, 0)
  if (dead === 0) return []
  const advice =
    'They failed for good; the log’s “job.failed” says why. A newer update of the ticket makes up for most.'
  return [{ what: `Dead jobs: ${dead}`, advice }]
}

function zendeskTroubles({ zendeskCalls }: Health): Trouble[] {
  if (!zendeskCalls?.stoppedUntil) return []
  const until = zendeskCalls.stoppedUntil.slice(11, 19)
  const advice =
    'Everything waits and goes on by itself. When it comes often, see which other programs use the account.'
  return [{ what: `Zendesk’s rate limit is used up: no calls before ${until} UTC`, advice }]
}
