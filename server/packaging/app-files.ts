import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The files of an app package: path inside it, with `/` → content. */
export type AppFiles = ReadonlyMap<string, Uint8Array>

/**
 * Reads a folder as a package, hidden files included; `tmp/`, where zcli keeps the zips it made, is no part of it.
 *
 * @throws when there is no such folder, or something in it is neither a file nor a folder: Zendesk refuses links
 */
export function readAppFiles(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (const name of listed(folder).toSorted()) {
    if (name === 'tmp' || name.startsWith(`tmp${path.sep}`)) continue
    const file = path.join(folder, name)
    const stats = lstatSync(file)
    if (stats.isDirectory()) continue
    if (!stats.isFile()) throw new Error(`${file} is a link; Zendesk refuses links: put the file itself there.`)
    files.set(name.split(path.sep).join('/'), readFileSync(file))
  }
  return files
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }) as string[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error(`There is no folder ${folder}. Run \`npm run build\` first; it puts the app there.`)
  }
}
