import { createSchedule } from '../clock/schedule.ts'
import { nearest } from '../nearest.ts'
import type { OpeningHoursEntry } from './clocks-schema.ts'
import type { PolicySchedule } from './policy.ts'
import { type Path, parsePath } from './problems.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

const ROOT: Path = ['escalation', 'schedules']

/** What a schedule of Zendesk has there and not here. */
const WRITTEN_HERE = ['timezone', 'weekly', 'holidays'] as const

/** The schedules that can be read; those that cannot are reported. */
export function resolveOpeningHours({ schedules = [] }: EscalationEntry, report: Report): PolicySchedule[] {
  const ids = new Set<string>()
  return schedules.flatMap((entry, index) => {
    const path = [...ROOT, index]
    if (ids.has(entry.id)) report.refuse([...path, 'id'], `The schedule "${entry.id}" is given twice`)
    ids.add(entry.id)
    const schedule = entry.zendesk === undefined ? written(entry, path, report) : inZendesk(entry, path, report)
    return schedule ?? []
  })
}

function written({ id, name = id, ...hours }: OpeningHoursEntry, path: Path, report: Report): PolicySchedule | null {
  if (hours.timezone === undefined && hours.weekly === undefined) {
    report.refuse(path, 'Write its "timezone" and "weekly" hours, or name a schedule of Zendesk under "zendesk"')
    return null
  }
  const made = createSchedule({ id, name, ...hours })
  if (made.ok) return { id, name, from: 'policy', schedule: made.schedule }
  for (const problem of made.problems) {
    const here = [...path, ...parsePath(problem.path)]
    const { message, meant } = withMeant(problem.message)
    if (message.startsWith('Unknown key')) report.refuseKey(here, message, meant)
    else report.refuse(here, message, meant)
  }
  return null
}

function inZendesk(
  { id, name = id, zendesk, ...hours }: OpeningHoursEntry,
  path: Path,
  report: Report,
): PolicySchedule {
  for (const key of WRITTEN_HERE) {
    if (hours[key] === undefined) continue
    report.refuseKey([...path, key], `Zendesk's schedule has its own ${key}; keep "zendesk" or what is written here`)
  }
  return { id, name, from: 'zendesk', zendeskName: zendesk === 'default' ? null : zendesk! }
}

/** Schedules say what was meant within the sentence, policies beside it. */
function withMeant(text: string): { message: string; meant: string | null } {
  const parts = /^(.*); did you mean "([^"]*)"\?$/s.exec(text)
  return parts ? { message: parts[1]!, meant: parts[2]! } : { message: text, meant: null }
}

/** Refuses the id of a schedule that the policy does not have. */
export function checkScheduleId(
  id: string | undefined,
  { schedules = [] }: Pick<EscalationEntry, 'schedules'>,
  path: Path,
  report: Report,
): void {
  const known = schedules.map((schedule) => schedule.id)
  if (id === undefined || known.includes(id)) return
  report.refuse(path, `There is no schedule "${id}" under schedules`, nearest(id, known))
}
