import { existsSync } from 'node:fs'
import path from 'node:path'

const FOLDER = process.env.BATON_TEST_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data')

/**
 * A file of the corpora that quality is measured with; they are no part of the project, and lie beside the checkout or where
 * `BATON_TEST_DATA` says. Null where it is not.
 */
export function measuredData(name: string): string | null {
  const file = path.join(FOLDER, name)
  return existsSync(file) ? file : null
}
