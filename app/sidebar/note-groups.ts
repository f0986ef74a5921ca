import { type FieldPath, fieldAt, NOTE_FIELDS, type NoteGroup } from '../../core/note/fields.ts'

/** Open from the start: what a specialist would ask first. */
export const OPEN_GROUPS = ['happening', 'tried', 'needed'] as const satisfies readonly NoteGroup[]

/** Folded until the agent, or a missing item, opens them. */
export const FOLDED_GROUPS = [
  'customer-impact',
  'business-impact',
  'environment',
  'reproduction',
  'evidence',
  'customer-context',
] as const satisfies readonly NoteGroup[]

export type FoldedGroup = (typeof FOLDED_GROUPS)[number]

/** Two short choices that stand beside each other. */
export const CHOICES = ['triage.severity', 'triage.category'] as const satisfies readonly FieldPath[]

/** Facts for routing that an agent thinks of elsewhere. */
const MOVED: Partial<Record<FieldPath, FoldedGroup>> = {
  'triage.affected_customers': 'customer-impact',
  'triage.duration_hours': 'customer-impact',
  'triage.needs_code': 'reproduction',
}

export function fieldsOf(group: NoteGroup): FieldPath[] {
  const paths = NOTE_FIELDS.filter((field) => (MOVED[field.path] ?? field.group) === group).map(({ path }) => path)
  return paths.sort((one, other) => Number(one in MOVED) - Number(other in MOVED))
}

/** The folded group a field stands in, null for one that is always in sight. */
export function foldedGroupOf(path: FieldPath): FoldedGroup | null {
  const group = MOVED[path] ?? fieldAt(path).group
  return FOLDED_GROUPS.find((folded) => folded === group) ?? null
}
