import type { Command } from 'commander'
import { type Completeness, completeness, DEFAULT_BAR, DEFAULT_WEIGHTS } from '../../core/note/completeness.ts'
import { type FieldPath, fieldAt } from '../../core/note/fields.ts'
import { readNoteFile } from './note-file.ts'
import { readInput } from './read-input.ts'

export function addNoteCommands(program: Command): void {
  const note = program.command('note').description('Work with escalation notes.')

  note
    .command('check')
    .description('Score an escalation note (the escalation_note template in YAML) and name what is missing.')
    .argument('<file>', "the note; '-' reads standard input")
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExits with 1 when the note cannot be read or scores below the bar.')
    .action(async (file: string, { json = false }: { json?: boolean }, command: Command) => {
      const print = (text: string) => command.configureOutput().writeOut!(`${text}\n`)
      const reading = readNoteFile(await readInput(file))
      if (!reading.ok) {
        if (json) print(JSON.stringify({ ok: false, problems: reading.problems }, null, 2))
        const name = file === '-' ? 'standard input' : file
        throw new Error(
          reading.problems.map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`).join('\n'),
        )
      }

      const result = completeness(reading.note, { weights: DEFAULT_WEIGHTS, bar: DEFAULT_BAR })
      print(json ? JSON.stringify(labelled(result), null, 2) : described(result))
      if (result.score < result.bar) {
        throw new Error(
          `The note scores ${result.score} of 100; the bar is ${result.bar}. Fill in what is missing, most valuable first.`,
        )
      }
    })
}

function labelled({ score, bar, missing }: Completeness): object {
  const isEnough = score >= bar
  return { ok: isEnough, score, bar, missing: missing.map((item) => ({ ...item, label: labelOf(item.field) })) }
}

function described({ score, bar, missing }: Completeness): string {
  const lines = [`Score ${score} of 100 (bar ${bar})`]
  if (missing.length === 0) lines.push('Nothing is missing.')
  else
    lines.push(
      'Missing:',
      ...missing.map(({ field, points }) => `  ${String(points).padStart(3)}  ${labelOf(field)} (${field})`),
    )
  return lines.join('\n')
}

function labelOf(path: string): string {
  return fieldAt(path as FieldPath).heading
}
