import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { namedPath } from './named-path.ts'

/**
 * The text of a file named on the command line; `-` is standard input.
 *
 * @throws with a message for the person who named it
 */
export async function readInput(file: string): Promise<string> {
  if (file === '-') return text(process.stdin)
  try {
    return await readFile(namedPath(file), 'utf8')
  } catch (error) {
    throw new Error(`Can't read ${file}: ${REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? String(error)}`)
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'it is a folder, not a file.',
  EACCES: 'this user may not read it.',
}
