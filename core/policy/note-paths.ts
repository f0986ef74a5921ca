import { emptyNote } from '../note/note.ts'

/** Dotted paths of every field a note has, such as `issue.summary`; what weights may name. */
export const NOTE_PATHS: readonly string[] = pathsIn(emptyNote(), '')

function pathsIn(value: object, prefix: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? pathsIn(inner, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  )
}
