import { type FieldValue, type Form, isEmptyValue, valueAt } from './form.ts'

/**
 * What was filled in as one stable text, for its digest: a JSON object of the fields that are not empty, by dotted path,
 * sorted.
 *
 * Empty fields are left out so that a field added later does not change the digest of older comments. Text is taken as
 * it is (no Unicode normalisation); lone surrogates come out as `\udXXX`, so the text is always valid UTF-8.
 */
export function canonicalForm<T>({ fields }: Form<T>, filled: T): string {
  const written = fields
    .map(({ path }): [string, FieldValue] => [path, valueAt(filled, path)])
    .filter(([, value]) => !isEmptyValue(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(Object.fromEntries(written))
}
