import { isOptionField, optionTag } from '../../core/contract/option-tag.ts'
import type { FieldKey, Installation } from '../admin/installation.ts'

export type FieldValue = { key: string; id: number; value: string | number }

/** What goes into Baton's own ticket fields; one that `setup` has not made is left out. */
export function fieldValues(wanted: Record<string, string>, { fields }: Installation): FieldValue[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const id = fields[key as FieldKey]
    return id === undefined ? [] : [{ key, id, value: fieldValue(key, value) }]
  })
}

/** Drop-downs take the tag of an option, the urgency is a whole number, the rest is text. */
function fieldValue(key: string, value: string): string | number {
  if (isOptionField(key)) return optionTag(key, value)
  return key === 'urgency' ? Math.round(Number(value)) : value
}
