import type { FieldKind, FieldValue } from './form.ts'

/** A number, choice, yes or no as the comment shows it. Text and lists are shown as they are and do not come here. */
export function showValue(kind: FieldKind, value: FieldValue): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return (Object.is(value, -0) ? '-0' : String(value)) + (kind === 'percent' ? ' %' : '')
  return String(value)
}

export type ShownValue = { ok: true; value: FieldValue } | { ok: false; expected: string }

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/

/** Undoes `showValue`; `expected` finishes the sentence "must be …". */
export function readShownValue(kind: FieldKind, shown: string, choices: readonly string[]): ShownValue {
  switch (kind) {
    case 'number':
      return NUMBER.test(shown) ? { ok: true, value: Number(shown) } : { ok: false, expected: 'a number' }
    case 'percent': {
      const amount = shown.replace(/ ?%$/, '')
      return NUMBER.test(amount)
        ? { ok: true, value: Number(amount) }
        : { ok: false, expected: 'a percentage such as "30 %"' }
    }
    case 'boolean':
      if (shown === 'Yes' || shown === 'No') return { ok: true, value: shown === 'Yes' }
      return { ok: false, expected: '"Yes" or "No"' }
    case 'choice':
      return choices.includes(shown)
        ? { ok: true, value: shown }
        : { ok: false, expected: `one of ${choices.join(', ')}` }
    default:
      return { ok: true, value: shown }
  }
}
