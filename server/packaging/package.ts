import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type AppFiles, readAppFiles } from './app-files.ts'
import type { LintFinding } from './lint/finding.ts'
import { lintApp } from './lint/lint-app.ts'
import { zipApp } from './zip-app.ts'

export type AppPackage = {
  file: string
  bytes: number
  contents: { file: string; bytes: number }[]
  /** Files of the folder that were not packed. */
  leftOut: string[]
  warnings: LintFinding[]
}

/** The package has errors; nothing was written. */
export class PackageRefused extends Error {
  override readonly name = 'PackageRefused'
  readonly findings: LintFinding[]

  constructor(findings: LintFinding[]) {
    const errors = findings.filter(({ level }) => level === 'error').length
    super(`The app was not packaged: ${errors} ${errors === 1 ? 'error' : 'errors'} to repair first.`)
    this.findings = findings
  }
}

/** All that a package consists of; anything else in the folder stays behind. */
const ALLOWED =
  /^(?:manifest\.json|requirements\.json|translations\/[\w-]+\.json|assets\/[\w.@/-]+\.(?:html|js|css|png|svg|woff2|json|txt))$/

/**
 * Writes `baton-<version>.zip` into `outFolder` from the files of a staged folder that the allow list names.
 *
 * @throws {PackageRefused} when the linter finds an error, in what would be packed or in what lies beside it
 */
export function packageApp(folder: string, outFolder: string): AppPackage {
  const present = readAppFiles(folder)
  const files: AppFiles = new Map([...present].filter(([file]) => ALLOWED.test(file)))
  const findings = lintApp(present)
  if (findings.some(({ level }) => level === 'error')) throw new PackageRefused(findings)

  const zip = zipApp(files)
  const { version } = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as { version?: string }
  const file = path.join(outFolder, `baton-${version ?? '0.0.0'}.zip`)
  mkdirSync(outFolder, { recursive: true })
  writeFileSync(file, zip)
  return {
    file,
    bytes: zip.length,
    contents: [...files].map(([name, content]) => ({ file: name, bytes: content.length })),
    leftOut: [...present.keys()].filter((name) => !files.has(name)),
    warnings: findings,
  }
}
