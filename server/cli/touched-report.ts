import type { Replanned } from '../policy/touched.ts'
import type { MovedDeadline } from '../schedules/moved.ts'
import type { TouchedBySchedules } from '../schedules/touched.ts'
import { table } from './table.ts'

/** Which deadlines of open escalations a change of schedules moves: old → new, the first few and how many. */
export function describeMoved({ schedules, following, moving, moved }: TouchedBySchedules): string {
  if (schedules.length === 0) return 'No schedule changes.'
  const changes = `${listed(schedules)} ${schedules.length === 1 ? 'changes' : 'change'}`
  if (following === 0) return `${changes}. No open escalation follows from ${schedules.length === 1 ? 'it' : 'them'}.`
  const head = `${changes}. ${counted(following, 'open escalation')} ${following === 1 ? 'follows' : 'follow'} from ${schedules.length === 1 ? 'it' : 'them'}`
  if (moving === 0) return `${head}; no deadline moves.`
  const rows = moved.map(({ escalationId, clock, from, to }) => [
    escalationId,
    clock,
    `${written(from)} → ${written(to)}`,
  ])
  const shown = new Set(moved.map(({ escalationId }) => escalationId)).size
  return [
    `${head}; the deadlines of ${moving} move:`,
    ...indented(table(['ESCALATION', 'CLOCK', 'DEADLINE'], rows)),
    ...(moving > shown ? [`  … and those of ${moving - shown} more`] : []),
  ].join('\n')
}

/** Which open escalations a policy answers otherwise than they have it, the first few and how many. */
export function describeReplanned(first: readonly Replanned[], count: number): string {
  if (count === 0) return 'No open escalation has other targets than this policy gives.'
  const rows = first.map(({ escalationId, differences }) => [escalationId, differences.join(', ')])
  return [
    `${counted(count, 'open escalation')} ${count === 1 ? 'has' : 'have'} other targets than this policy gives:`,
    ...indented(table(['ESCALATION', 'DIFFERENCE'], rows)),
    ...(count > first.length ? [`  … and ${count - first.length} more`] : []),
  ].join('\n')
}

function written(at: MovedDeadline['to']): string {
  return at === null ? 'never' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function listed(names: readonly string[]): string {
  return `${names.length === 1 ? 'The schedule' : 'The schedules'} ${names.map((name) => `"${name}"`).join(', ')}`
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}
