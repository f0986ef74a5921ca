import type { Schedule, Source } from '../../core/oncall/schedule.ts'
import { type Shift, shifts } from '../../core/oncall/shifts.ts'
import { gapsIn, type Span } from '../../core/oncall/spans.ts'
import { resolveSteps, type Step, type StepOutcome } from '../../core/oncall/steps.ts'
import { writeLocal } from '../../core/oncall/wall-time.ts'
import { nextOnCall, type OnCall, whoIsOnCall } from '../../core/oncall/who.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { formatDuration, type Instant, MINUTE_MS } from '../../core/units.ts'
import { table } from './table.ts'

export type Asked = Span & {
  onCall: Policy['onCall']
  /** Id of the schedule that is asked about; null is all of them. */
  only: string | null
  /** For every schedule; null is each in its own. */
  zone: string | null
}

/** For people: who is on call at `from`, who is next, the shifts and gaps up to `to`, and what the steps would do. */
export function describeOnCall(asked: Asked): string {
  const { onCall, from } = asked
  const schedules = schedulesOf(asked)
  const zone = asked.zone ?? schedules[0]!.zone
  const steps = stepsOf(asked).map(([queue, list]) => {
    const rows = resolveSteps(list, onCall.schedules, from).map((outcome) => [
      String(outcome.step + 1),
      writeLocal(zone, outcome.at),
      toldIn(outcome, asked),
    ])
    return `Queue ${queue}, if nobody accepts (${zone})\n${table(['STEP', 'AT', 'TELLS'], rows)}`
  })
  return [...schedules.map((schedule) => describeSchedule(schedule, asked)), ...steps].join('\n\n')
}

function schedulesOf({ onCall, only }: Asked): readonly Schedule[] {
  return onCall.schedules.filter(({ id }) => only === null || id === only)
}

/** The steps of every queue that ask one of the schedules in question. */
function stepsOf({ onCall, only }: Asked): [queue: string, steps: readonly Step[]][] {
  return Object.entries(onCall.steps).filter(
    ([, steps]) =>
      only === null || steps.some(({ tell }) => tell.some((to) => 'schedule' in to && to.schedule === only)),
  )
}

function describeSchedule(schedule: Schedule, asked: Asked): string {
  const zone = asked.zone ?? schedule.zone
  const at = (instant: Instant) => writeLocal(zone, instant)
  const until = ({ until }: OnCall) => (until === null ? 'with no end in sight' : `until ${at(until)}`)
  const now = whoIsOnCall(schedule, asked.from)
  const next = nextOnCall(schedule, asked.from)
  const title = schedule.name === schedule.id ? schedule.id : `${schedule.name} (${schedule.id})`
  return [
    `${title}, ${at(asked.from)} (${zone})`,
    now
      ? `Now:  ${nameOf(now.person, asked)} <${now.person}>, ${until(now)}, by ${sourceOf(now.source)}`
      : 'Now:  NOBODY is on call',
    next
      ? `Next: ${nameOf(next.person, asked)} <${next.person}>, from ${at(next.since ?? asked.from)} ${until(next)}`
      : `Next: nobody else`,
    '',
    table(
      ['FROM', 'TO', 'FOR', 'ON CALL', 'BY'],
      rowsOf(schedule, asked).map((row) => [
        at(row.from),
        at(row.to),
        formatDuration((row.to - row.from) / MINUTE_MS),
        row.person === null ? '-- NOBODY --' : nameOf(row.person, asked),
        row.sources.map(sourceOf).join(', '),
      ]),
    ),
  ].join('\n')
}

type Row = Shift | (Span & { person: null; sources: readonly Source[] })

function rowsOf(schedule: Schedule, { from, to }: Span): Row[] {
  const covered = shifts(schedule, from, to)
  const gaps = gapsIn(covered, { from, to }).map((gap) => ({ ...gap, person: null, sources: [] }))
  return [...covered, ...gaps].sort((a, b) => a.from - b.from)
}

function toldIn({ event, told, uncovered }: StepOutcome, asked: Asked): string {
  const empty = uncovered.length > 0 ? `nobody is on call in ${uncovered.join(', ')}` : ''
  if (event === 'nobody-notified') return `NOBODY, skipped at once: ${empty}`
  const people = told.map(({ person, schedule }) => nameOf(person, asked) + (schedule === null ? '' : ` (${schedule})`))
  return people.join(', ') + (empty && `; ${empty}`)
}

function nameOf(email: string, { onCall }: Asked): string {
  return onCall.people.find((person) => person.email === email)?.name ?? email
}

function sourceOf(source: Source): string {
  return 'layer' in source ? source.layer : 'override'
}

/** The same for programs: instants in ISO 8601, `person` null where nobody is on call. */
export function listOnCall(asked: Asked): object {
  const { onCall, from, to, zone } = asked
  return {
    at: iso(from),
    until: iso(to),
    schedules: schedulesOf(asked).map((schedule) => ({
      id: schedule.id,
      name: schedule.name,
      zone: zone ?? schedule.zone,
      now: written(whoIsOnCall(schedule, from)),
      next: written(nextOnCall(schedule, from)),
      shifts: rowsOf(schedule, asked).map((row) => ({ ...row, from: iso(row.from), to: iso(row.to) })),
    })),
    steps: Object.fromEntries(
      stepsOf(asked).map(([queue, steps]) => [
        queue,
        resolveSteps(steps, onCall.schedules, from).map((outcome) => ({
          ...outcome,
          at: iso(outcome.at),
          told: outcome.told.map((one) => ('until' in one ? { ...one, until: iso(one.until) } : one)),
        })),
      ]),
    ),
  }
}

function written(onCall: OnCall | null): object | null {
  return onCall && { ...onCall, since: iso(onCall.since), until: iso(onCall.until) }
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
