import type { FieldOption } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import type { FieldKind } from './vocabulary.ts'

/** What a condition is tested on. */
export type Situation = { world: World; update: UpdateInProgress }

/**
 * A field that trigger conditions may name.
 *
 * `read` gives the value in Zendesk's condition form: ids as text, none as `''`; `readBefore` the same as it was before
 * the update, for the operators about change. `choices` gives the values that are accepted; null accepts any.
 */
export type ConditionField = {
  name: string
  title: string
  kind: FieldKind
  group: 'ticket' | 'requester' | 'organization' | 'other'
  choices: (() => string[]) | null
  /** Lowest first, for ordered lists. */
  order?: readonly string[]
  /** Of drop-downs and multi-selects, which may be named by tag or by id. */
  options?: FieldOption[]
  read(situation: Situation): unknown
  readBefore?(situation: Situation): unknown
}

/** Rules see ids and numbers as text and none as `''`; lists and booleans stay. */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' ? String(value) : value
}
