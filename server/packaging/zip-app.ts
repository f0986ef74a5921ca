import { type Zippable, zipSync } from 'fflate'
import type { AppFiles } from './app-files.ts'

/** 1980-01-01, the first date a zip can hold; local time, as fflate reads dates. */
const FIXED_DATE = new Date(1980, 0, 1)

/** The zip of a package: the same files always give the same bytes, in any order, at any time, on any machine. */
export function zipApp(files: AppFiles): Uint8Array {
  const entries: Zippable = {}
  for (const file of [...files.keys()].sort()) {
    entries[file] = [files.get(file)!, { level: 9, mtime: FIXED_DATE, os: 3, attrs: 0o100644 << 16 }]
  }
  return zipSync(entries)
}
