import { nearest } from '../nearest.ts'
import type { Email } from '../oncall/schedule.ts'
import type { Step, StepTarget } from '../oncall/steps.ts'
import { type Minutes, parseDuration } from '../units.ts'
import type { OnCallEntry } from './on-call-schema.ts'
import type { Person, Policy, Queue } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import { checkPerson, resolveSchedule } from './resolve-schedule.ts'
import type { EscalationEntry } from './schema.ts'

const ROOT: Path = ['escalation', 'on_call']
const DEFAULT_WAIT: Minutes = 15

export function resolveOnCall(
  { on_call: entry }: EscalationEntry,
  queues: Readonly<Record<string, Queue>>,
  report: Report,
): Policy['onCall'] {
  if (!entry) return { people: [], schedules: [], steps: {} }
  const people = resolvePeople(entry, report)
  const known = people.map(({ email }) => email)
  const ids = new Set<string>()
  const schedules = (entry.schedules ?? []).map((schedule, index) => {
    const path = [...ROOT, 'schedules', index]
    if (ids.has(schedule.id)) report.refuse([...path, 'id'], `The schedule "${schedule.id}" is given twice`)
    ids.add(schedule.id)
    return resolveSchedule(schedule, path, known, report)
  })
  return { people, schedules, steps: resolveSteps(entry, queues, known, [...ids], report) }
}

function resolvePeople({ people }: OnCallEntry, report: Report): Person[] {
  const seen = new Set<Email>()
  return people.map(({ email, name }, index) => {
    if (seen.has(email)) report.refuse([...ROOT, 'people', index], `${email} is given twice`)
    seen.add(email)
    return { email, name: name ?? email }
  })
}

function resolveSteps(
  { steps = {} }: OnCallEntry,
  queues: Readonly<Record<string, Queue>>,
  known: readonly Email[],
  schedules: readonly string[],
  report: Report,
): Record<string, Step[]> {
  const resolved: Record<string, Step[]> = {}
  for (const [queue, entries] of Object.entries(steps)) {
    const path = [...ROOT, 'steps', queue]
    if (!Object.hasOwn(queues, queue)) {
      report.refuseKey(path, `There is no queue "${queue}"`, nearest(queue, Object.keys(queues)))
    }
    resolved[queue] = entries.map(({ tell, wait }, index) => ({
      tell: tell.map((name, at) => targetOf(name, [...path, index, 'tell', at])),
      wait: wait === undefined ? DEFAULT_WAIT : parseDuration(wait)!,
    }))
  }
  return resolved

  function targetOf(name: string, path: Path): StepTarget {
    if (name.includes('@')) {
      checkPerson(name.toLowerCase(), path, known, report)
      return { person: name.toLowerCase() }
    }
    if (!schedules.includes(name)) report.refuse(path, `There is no schedule "${name}"`, nearest(name, schedules))
    return { schedule: name }
  }
}
