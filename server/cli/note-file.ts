import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Note } from '../../core/note/note.ts'
import { readTemplate } from '../../core/note/template.ts'

export type NoteProblem = { line: number; column: number; path: string; message: string }
export type NoteFile = { ok: true; note: Note } | { ok: false; problems: NoteProblem[] }

/** Reads the escalation note template from YAML (or JSON, which is YAML too); problems say where they are. */
export function readNoteFile(yaml: string): NoteFile {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({ ...position(pos[0]), path: '', message }))
    return { ok: false, problems }
  }

  let content: unknown
  try {
    content = document.toJS()
  } catch (error) {
    return { ok: false, problems: [{ ...position(0), path: '', message: (error as Error).message }] }
  }
  const reading = readTemplate(content)
  if (reading.ok) return reading
  const problems = reading.problems.map(({ path, message }) => ({
    ...position(offsetOf(document, path)),
    path: path.join('.'),
    message,
  }))
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) }

  function position(offset: number): { line: number; column: number } {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
}

/** Where the last key of a path stands; as near as can be found when the path leads nowhere. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = 0
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      if (!pair) break
      offset = (pair.key as { range?: [number, number, number] }).range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      offset = (node as { range?: [number, number, number] } | undefined)?.range?.[0] ?? offset
    }
  }
  return offset
}
