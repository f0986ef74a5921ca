import path from 'node:path'
import type { Command } from 'commander'
import { readAppFiles } from '../packaging/app-files.ts'
import type { LintFinding } from '../packaging/lint/finding.ts'
import { lintApp } from '../packaging/lint/lint-app.ts'
import { PackageRefused, packageApp } from '../packaging/package.ts'
import { namedPath } from './named-path.ts'

const STAGED = path.resolve(import.meta.dirname, '../../dist/app')

export function addAppCommands(program: Command): void {
  const app = program.command('app').description("Check and package the Zendesk app, offline, by Zendesk's own rules.")

  app
    .command('lint')
    .description('Check the folder of an app; exits with 1 when Zendesk would refuse it.')
    .argument('[folder]', 'the folder to check', STAGED)
    .option('--json', 'print the findings as JSON')
    .action((folder: string, { json = false }: { json?: boolean }, command: Command) => {
      const print = (text: string) => command.configureOutput().writeOut!(`${text}\n`)
      const findings = lintApp(readAppFiles(namedPath(folder)))
      if (json) print(JSON.stringify(findings, null, 2))
      else if (findings.length > 0) print(described(findings))
      else print('No errors, no warnings.')
      const errors = findings.filter(({ level }) => level === 'error').length
      if (errors > 0) throw new Error(`Zendesk would refuse this app: ${errors} ${errors === 1 ? 'error' : 'errors'}.`)
    })

  app
    .command('package')
    .description('Check the folder of an app and write its zip; refuses when there are errors.')
    .argument('[folder]', 'the folder to package', STAGED)
    .option('--out <folder>', 'where the zip goes (default: beside the folder)')
    .action((folder: string, { out }: { out?: string }, command: Command) => {
      const print = (text: string) => command.configureOutput().writeOut!(`${text}\n`)
      try {
        const made = packageApp(namedPath(folder), out ? namedPath(out) : path.dirname(namedPath(folder)))
        for (const { file, bytes } of made.contents) print(`${String(bytes).padStart(9)}  ${file}`)
        if (made.leftOut.length > 0) print(`Left out: ${made.leftOut.join(', ')}`)
        if (made.warnings.length > 0) print(described(made.warnings))
        print(`${made.file}: ${made.contents.length} files, ${made.bytes} bytes`)
      } catch (error) {
        if (error instanceof PackageRefused) print(described(error.findings))
        throw error
      }
    })
}

function described(findings: readonly LintFinding[]): string {
  return findings.map(({ level, rule, file, message }) => `${level}  ${file}: ${message} [${rule}]`).join('\n')
}
