import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { addNoteCommands } from '../../../server/cli/note.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'baton-note-'))
afterAll(() => rmSync(folder, { recursive: true }))

const TEMPLATE = path.resolve(import.meta.dirname, '../../core/note/escalation-note.yaml')

function fileWith(yaml: string): string {
  const file = path.join(folder, 'note.yaml')
  writeFileSync(file, yaml)
  return file
}

/** Runs `baton note …`; `failure` is what the command line prints before it exits with 1. */
async function run(...args: string[]): Promise<{ printed: string; failure: string | null }> {
  let printed = ''
  const program = new Command()
    .exitOverride()
    .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => {} })
  addNoteCommands(program)
  try {
    await program.parseAsync(['note', ...args], { from: 'user' })
    return { printed, failure: null }
  } catch (error) {
    return { printed, failure: (error as Error).message }
  }
}

describe('baton note check', () => {
  it('scores the published template and names what is missing', async () => {
    expect(await run('check', TEMPLATE)).toEqual({
      failure: null,
      printed: [
        'Score 79 of 100 (bar 60)',
        'Missing:',
        '    5  Severity (triage.severity)',
        '    5  Steps to reproduce (diagnostics.reproduction_steps)',
        '    4  Environment (diagnostics.environment)',
        '    3  Component (triage.component)',
        '    2  Log excerpts (diagnostics.log_excerpts)',
        '    2  Evidence (diagnostics.evidence)',
        '',
      ].join('\n'),
    })
  })

  it('prints JSON when asked', async () => {
    const { printed } = await run('check', TEMPLATE, '--json')
    expect(JSON.parse(printed)).toMatchObject({
      ok: true,
      score: 79,
      bar: 60,
      missing: expect.arrayContaining([{ field: 'triage.severity', points: 5, label: 'Severity' }]),
    })
  })

  it('fails below the bar, still naming what is missing', async () => {
    const { printed, failure } = await run('check', fileWith('escalation_note:\n  issue: {summary: Login fails}\n'))
    expect(printed).toContain('Score 12 of 100 (bar 60)\nMissing:\n   16  Steps taken (steps_taken)')
    expect(failure).toBe('The note scores 12 of 100; the bar is 60. Fill in what is missing, most valuable first.')
  })

  it.each([
    ['malformed YAML', 'escalation_note:\n  issue: {summary: "x\n', /note\.yaml:3:1: Missing closing "quote/],
    ['a tab for indentation', 'escalation_note:\n\tissue: x\n', /note\.yaml:2:1: Tabs are not allowed as indentation/],
    [
      'a misspelt key',
      'escalation_note:\n  issue:\n    sumary: x\n',
      /note\.yaml:3:5: The key 'sumary' is not known; did you mean 'summary'\?$/,
    ],
    [
      'a wrong entry',
      'escalation_note:\n  steps_taken:\n    - ok\n    - 5\n',
      /note\.yaml:4:7: Must be text; put it in quotes\.$/,
    ],
    ['an empty file', '', /note\.yaml:1:1: The document must have the key 'escalation_note'/],
    [
      'endless aliases',
      `a: &a [x]\n${'bcdefghij'.replace(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
      /Excessive alias count/,
    ],
  ])('says where the trouble is with %s', async (_, yaml, message) => {
    const { failure } = await run('check', fileWith(yaml))
    expect(failure).toMatch(message)
  })

  it('gives the problems as JSON too', async () => {
    const { printed } = await run('check', fileWith('escalation_note:\n  isue: {}\n'), '--json')
    expect(JSON.parse(printed)).toEqual({
      ok: false,
      problems: [
        {
          line: 2,
          column: 3,
          path: 'escalation_note.isue',
          message: "The key 'isue' is not known; did you mean 'issue'?",
        },
      ],
    })
  })

  it('says so when there is no such file', async () => {
    const missing = path.join(folder, 'missing.yaml')
    expect((await run('check', missing)).failure).toBe(`Can't read ${missing}: there is no such file.`)
    expect((await run('check', folder)).failure).toBe(`Can't read ${folder}: it is a folder, not a file.`)
  })

  it('reads standard input', async () => {
    const script = `
      import { Command } from 'commander'
      import { addNoteCommands } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../../server/cli/note.ts'))}
      const program = new Command()
      addNoteCommands(program)
      await program.parseAsync(['note', 'check', '-'], { from: 'user' })`
    const child = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    child.child.stdin!.end('escalation_note:\n  steps_taken: [restarted]\n')
    await expect(child).rejects.toMatchObject({ stdout: expect.stringContaining('Score 16 of 100') })
  })
})
