import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { emptyNote } from '../../../core/note/note.ts'
import { readTemplate } from '../../../core/note/template.ts'

/** The escalation note template as it is published, word for word. */
const TEMPLATE = readFileSync(path.join(import.meta.dirname, 'escalation-note.yaml'), 'utf8')

function problemsOf(yaml: string): string[] {
  const reading = readTemplate(parse(yaml))
  return reading.ok ? [] : reading.problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`)
}

describe('readTemplate', () => {
  it('reads the published template as it stands', () => {
    const reading = readTemplate(parse(TEMPLATE))
    expect(reading).toMatchObject({
      ok: true,
      note: {
        ticket_id: 'SUP-12345',
        customer_context: { health_score: 72, arr: '$120,000' },
        issue: { symptoms: { length: 2 } },
        steps_taken: { length: 4 },
        diagnostics: { environment: '' },
        triage: { severity: null },
      },
    })
  })

  it('takes missing keys and keys with nothing behind them as empty', () => {
    expect(readTemplate(parse('escalation_note:\n'))).toEqual({ ok: true, note: emptyNote() })
    expect(readTemplate(parse('escalation_note:\n  issue:\n  steps_taken:\n  triage:\n    severity:\n'))).toEqual({
      ok: true,
      note: emptyNote(),
    })
  })

  it('reads our own keys beside the template’s', () => {
    const yaml =
      'escalation_note:\n  triage: {severity: P1, needs_code: true}\n  diagnostics: {reproduction_rate: 30}\n'
    expect(readTemplate(parse(yaml))).toMatchObject({
      ok: true,
      note: { triage: { severity: 'P1', needs_code: true }, diagnostics: { reproduction_rate: 30 } },
    })
  })

  it.each<[string, string, string[]]>([
    ['no note', 'foo: 1', [": The document must have the key 'escalation_note' with the note below it."]],
    ['only text', 'hello', [": The document must have the key 'escalation_note' with the note below it."]],
    [
      'a misspelt first key',
      'escalation-notes:\n  ticket_id: "1"',
      ["escalation-notes: The key 'escalation-notes' is not known; did you mean 'escalation_note'?"],
    ],
    [
      'a key beside the note',
      'escalation_note: {}\nother: 1',
      ["other: The key 'other' is not known beside 'escalation_note'."],
    ],
    [
      'misspelt keys',
      'escalation_note:\n  step_taken: [x]\n  issue: {sumary: x}',
      [
        "escalation_note.issue.sumary: The key 'sumary' is not known; did you mean 'summary'?",
        "escalation_note.step_taken: The key 'step_taken' is not known; did you mean 'steps_taken'?",
      ],
    ],
    [
      'a key nobody could have meant',
      'escalation_note:\n  issue: {weather: x}',
      [
        "escalation_note.issue.weather: The key 'weather' is not known; known here: summary, symptoms, customer_impact, business_impact.",
      ],
    ],
    [
      'text for a list',
      'escalation_note:\n  steps_taken: restarted',
      ["escalation_note.steps_taken: Must be a list, one entry per line, each after '- '."],
    ],
    [
      'a number for text',
      'escalation_note:\n  ticket_id: 12345',
      ['escalation_note.ticket_id: Must be text; put it in quotes.'],
    ],
    [
      'words for a number',
      'escalation_note:\n  customer_context: {health_score: good}',
      ['escalation_note.customer_context.health_score: Must be a number.'],
    ],
    [
      'an unknown severity',
      'escalation_note:\n  triage: {severity: high}',
      ['escalation_note.triage.severity: Must be one of P0, P1, P2, P3.'],
    ],
    ['a list for the note', 'escalation_note: [1]', ['escalation_note: Must be a group of keys.']],
    [
      'an attempt on the prototype',
      'escalation_note:\n  __proto__: {summary: x}',
      [expect.stringContaining("The key '__proto__' is not known")] as never,
    ],
  ])('refuses %s', (_, yaml, problems) => {
    expect(problemsOf(yaml)).toEqual(problems)
  })
})
