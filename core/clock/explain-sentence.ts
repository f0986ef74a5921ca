import { formatDuration, type Instant, MINUTE_MS, SECOND_MS } from '../units.ts'
import type { ExplainedStretch, Explanation } from './explain.ts'
import { offsetAt } from './zones.ts'

/** The words of an explanation. Another language is another such record; `{…}` are filled in. */
export type ExplanationTexts = Readonly<Record<keyof typeof ENGLISH, string>>

export const ENGLISH = {
  deadline: 'The {clock} clock is due {until}: {counted} counted since {startedAt}.',
  breach: 'The {clock} clock was breached {until}: {counted} counted since {startedAt}.',
  breachByTarget:
    'The {clock} clock was breached {until}, when its target became {budget}: {counted} had been counted since {startedAt}.',
  rest: 'The {clock} clock is {phase}: {counted} of {budget} counted from {startedAt} to {until}.',
  running: 'running',
  paused: 'paused',
  stopped: 'stopped',
  cancelled: 'cancelled',
  waiting: 'waiting',
  notCounted: 'Not counted: {parts}.',
  closedPart: '{span} outside hours',
  holidayPart: '{span} on {name} ({dates})',
  stoppedPart: '{span} while stopped',
  cancelledPart: '{span} while cancelled',
  pausedPart: '{span} paused ({why})',
  pausedByPart: '{span} paused ({why}, by {by})',
  unknownPause: 'no reason given',
  between: ', ',
  source: 'Policy {policy}; {schedules}.',
  noPolicy: 'unknown',
  schedule: 'schedule {name}, version {version}',
  everyHour: 'every hour counts',
} as const

/** The explanation as one short paragraph, in the local time of the first schedule it was counted by, else UTC. */
export function sentenceOf(explanation: Explanation, texts: ExplanationTexts = ENGLISH): string {
  const { clock, phase, until, startedAt, budgetMs, countedMs } = explanation
  const zone = explanation.schedules[0]?.timezone ?? 'UTC'
  const values = {
    clock,
    phase: texts[phase],
    until: writeLocal(until, zone),
    startedAt: writeLocal(startedAt, zone),
    budget: writeSpan(budgetMs),
    counted: writeSpan(countedMs),
  }
  const main = explanation.breachedBy === 'target' ? 'breachByTarget' : explanation.endsAt
  const parts = partsOf(explanation, zone, texts)
  return [
    fill(texts[main], values),
    ...(parts.length > 0 ? [fill(texts.notCounted, { parts: parts.join(texts.between) })] : []),
    sourceOf(explanation, texts),
  ].join(' ')
}

/** Everything that was not counted, summed by reason in the order it came up first. */
function partsOf({ stretches }: Explanation, zone: string, texts: ExplanationTexts): string[] {
  const sums = new Map<string, { text: string; values: Record<string, string>; ms: number; dates: Set<string> }>()
  for (const stretch of stretches) {
    const part = partOf(stretch, texts)
    if (!part) continue
    const key = JSON.stringify(part)
    const sum = sums.get(key) ?? { ...part, ms: 0, dates: new Set() }
    sum.ms += stretch.to - stretch.from
    sum.dates.add(writeLocal(stretch.from, zone).slice(0, 10))
    sums.set(key, sum)
  }
  return [...sums.values()].map(({ text, values, ms, dates }) =>
    fill(text, { ...values, span: writeSpan(ms), dates: [...dates].join(texts.between) }),
  )
}

function partOf(
  stretch: ExplainedStretch,
  texts: ExplanationTexts,
): { text: string; values: Record<string, string> } | null {
  switch (stretch.kind) {
    case 'counted':
      return null
    case 'holiday':
      return { text: texts.holidayPart, values: { name: stretch.name } }
    case 'paused': {
      const why = stretch.status ?? stretch.why ?? texts.unknownPause
      return stretch.by === null
        ? { text: texts.pausedPart, values: { why } }
        : { text: texts.pausedByPart, values: { why, by: stretch.by } }
    }
    default:
      return { text: texts[`${stretch.kind}Part`], values: {} }
  }
}

function sourceOf({ policyVersion, schedules }: Explanation, texts: ExplanationTexts): string {
  const named = schedules.map(({ name, id, timezone, version }) =>
    fill(texts.schedule, { name: name ?? id ?? timezone, version }),
  )
  return fill(texts.source, {
    policy: policyVersion ?? texts.noPolicy,
    schedules: named.join(texts.between) || texts.everyHour,
  })
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
}

/** `1h 30m 5s`: as policies write spans, with what is left over below a minute. */
function writeSpan(ms: number): string {
  const seconds = (ms % MINUTE_MS) / SECOND_MS
  const minutes = Math.floor(ms / MINUTE_MS)
  if (seconds === 0) return formatDuration(minutes)
  return minutes === 0 ? `${seconds}s` : `${formatDuration(minutes)} ${seconds}s`
}

/** `2026-03-09 16:30 Europe/Berlin`, with the seconds where there are any. */
function writeLocal(at: Instant, zone: string): string {
  const text = new Date(at + (zone === 'UTC' ? 0 : offsetAt(zone, at))).toISOString()
  const end = text.endsWith(':00.000Z') ? 16 : text.endsWith('.000Z') ? 19 : 23
  return `${text.slice(0, end).replace('T', ' ')} ${zone}`
}
