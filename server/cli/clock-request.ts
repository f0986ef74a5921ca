import { z } from 'zod'
import { nearest } from '../../core/nearest.ts'
import type { Instant } from '../../core/units.ts'

const INSTANT = 'Write a real instant, such as 2026-03-09T16:30:00Z'

/** An instant with its distance from UTC; days that no month has are refused, not moved on into the next. */
const InstantText = z.string(INSTANT).transform((text, context): Instant => {
  const at = readInstant(text)
  if (at === null) context.addIssue({ code: 'custom', message: `${INSTANT}; "${text.slice(0, 40)}" is none` })
  return at ?? 0
})

const SECONDS = 'Write a number of seconds, 0 or more'
const MINUTES = 'Write a number of minutes, 0 or more'
const STATUSES = 'Write a list of statuses, such as ["pending"]'
const Status = z
  .string('Write the status as text')
  .trim()
  .min(1, 'Name the status')
  .transform((text) => text.toLowerCase())
const Statuses = z.array(Status, STATUSES).default([])

const OpenTimeRequest = z.strictObject({ schedule: z.unknown().optional(), start: InstantText, end: InstantText })

const DeadlineRequest = z.strictObject({
  schedule: z.unknown().optional(),
  start: InstantText,
  addSeconds: z.number(SECONDS).nonnegative(SECONDS),
})

const HistoryEntry = z.strictObject({ at: InstantText, status: Status }, objectOr('Write { "at", "status" }'))

const ClockRequest = z.strictObject({
  schedule: z.unknown().optional(),
  target: z.strictObject(
    { minutes: z.number(MINUTES).nonnegative(MINUTES), pausedIn: Statuses, stopsIn: Statuses },
    objectOr('Write { "minutes", "pausedIn", "stopsIn" }'),
  ),
  history: z
    .array(HistoryEntry, 'Write a list of { "at", "status" }')
    .min(1, 'Is empty; name at least the status that the ticket began with'),
  asOf: InstantText,
})

export type ReadClockRequest =
  | { kind: 'open-time'; request: z.output<typeof OpenTimeRequest> }
  | { kind: 'deadline'; request: z.output<typeof DeadlineRequest> }
  | { kind: 'clock'; request: z.output<typeof ClockRequest> }
  | { kind: 'refused'; error: string }

/** Tells which of the three questions an item asks, and reads it; what is wrong with it is said in one line. */
export function readClockRequest(item: unknown): ReadClockRequest {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return refused('Each request is an object; see baton clock --help')
  }
  if ('target' in item || 'history' in item || 'asOf' in item) return read('clock', ClockRequest, item)
  if ('addSeconds' in item) return read('deadline', DeadlineRequest, item)
  if ('end' in item) return read('open-time', OpenTimeRequest, item)
  const unknown = Object.keys(item).filter((key) => !ALL_KEYS.includes(key))
  const asks = 'Ask with "end", with "addSeconds", or with "target", "history" and "asOf"'
  return refused(sentences([...unknown.map((key) => unknownKey(key, ALL_KEYS)), asks]))
}

const ALL_KEYS = ['schedule', 'start', 'end', 'addSeconds', 'target', 'history', 'asOf']

function read<K extends 'open-time' | 'deadline' | 'clock', T extends z.ZodObject>(
  kind: K,
  schema: T,
  item: object,
): { kind: K; request: z.output<T> } | { kind: 'refused'; error: string } {
  const result = schema.safeParse(item)
  const issues = result.success ? [] : result.error.issues
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue, schema) : []))
  const misspelt = new Set(unknown.map(({ meant }) => meant))
  const others = issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return []
    const place = placeOf(issue.path)
    const isMissing = issue.path.length > 0 && valueAt(item, issue.path) === undefined
    // A key that was misspelt is one mistake: the right one is not reported as missing as well.
    if (isMissing && misspelt.has(place)) return []
    return [`${place}: ${isMissing ? `Is missing. ${issue.message}` : issue.message}`]
  })
  // An absent schedule is more often forgotten than meant as calendar time.
  const forgotten =
    'schedule' in item || misspelt.has('schedule') ? [] : ['schedule: Is missing; null means calendar time']
  const problems = [...unknown.map(({ message }) => message), ...forgotten, ...others]
  return result.success && problems.length === 0 ? { kind, request: result.data } : refused(sentences(problems))
}

/** Each unknown key with the place of the one that was probably meant. */
function unknownKeys(
  { path, keys }: z.core.$ZodIssueUnrecognizedKeys,
  schema: z.ZodObject,
): { message: string; meant: string | null }[] {
  const place = placeOf(path)
  const known = KNOWN[place.replace(/\[.*/, '')] ?? Object.keys(schema.shape)
  return keys.map((key) => {
    const meant = nearest(key, known)
    const message = `${place ? `${place}: ` : ''}${unknownKey(key, known)}`
    return { message, meant: meant === null ? null : placeOf([...path, meant]) }
  })
}

/** `history[2].at` */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
}

/** Problems as one line. */
export function sentences(problems: readonly string[]): string {
  return problems
    .map((text, index) => (index < problems.length - 1 && !text.endsWith('?') ? `${text}.` : text))
    .join(' ')
}

const KNOWN: Record<string, string[]> = { target: ['minutes', 'pausedIn', 'stopsIn'], history: ['at', 'status'] }

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  const hint = meant === null ? `known here are ${known.join(', ')}` : `did you mean "${meant}"?`
  return `Unknown key "${key.slice(0, 40)}"; ${hint}`
}

function valueAt(item: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((found, step) => (found as Record<PropertyKey, unknown> | undefined)?.[step], item)
}

function objectOr(message: string): { error: (issue: { code?: string }) => string | undefined } {
  return { error: ({ code }) => (code === 'invalid_type' ? message : undefined) }
}

function refused(error: string): { kind: 'refused'; error: string } {
  return { kind: 'refused', error }
}

function readInstant(text: string): Instant | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text)
  if (!parts) return null
  const [year, month, day, hour] = parts.slice(1).map(Number) as [number, number, number, number]
  const isDay = day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
  const at = isDay && hour < 24 ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}
