import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMAND_FORMS, type CommandName } from '../../../core/command/forms.ts'
import { readSaid } from '../../../core/command/read-said.ts'
import type { Form, FormField } from '../../../core/form/form.ts'
import { withValueAt } from '../../../core/form/form.ts'
import { renderForm } from '../../../core/form/render-form.ts'
import { NOTE_FORM } from '../../../core/note/note-form.ts'
import { aNote } from '../../support/notes.ts'

const NAMES = Object.keys(COMMAND_FORMS) as CommandName[]
const formOf = (name: CommandName) => COMMAND_FORMS[name] as Form<unknown>

const text = fc.string({ unit: 'binary', maxLength: 60 })

function anyValueOf({ kind, choices }: FormField): fc.Arbitrary<unknown> {
  if (kind === 'choice') return fc.constantFrom(null, ...choices!)
  if (kind === 'lines') return fc.array(text, { maxLength: 4 })
  if (kind === 'boolean') return fc.constantFrom(true, false, null)
  if (kind === 'number') return fc.option(fc.integer({ min: 1, max: 4 }))
  return text
}

function filled(name: CommandName): fc.Arbitrary<unknown> {
  const { fields, schema } = formOf(name)
  const values = fc.tuple(...fields.map(anyValueOf))
  return values.map((all) =>
    fields.reduce<unknown>(
      (answer, { path }, index) => withValueAt(answer, path, all[index] as never),
      schema.parse({}),
    ),
  )
}

describe('what a person says in an escalation', () => {
  it.each(NAMES)('is read back exactly from a comment: %s', (command) => {
    fc.assert(
      fc.property(filled(command), (answer) => {
        const html = renderForm(formOf(command), answer)
        expect(readSaid(html)).toEqual({ kind: 'said', said: { command, answer } })
      }),
    )
  })

  it('has titles that nobody can mistake for one another', () => {
    const titles = NAMES.map((name) => formOf(name).title)
    expect(new Set([...titles, NOTE_FORM.title]).size).toBe(titles.length + 1)
  })

  it('is told from an escalation note', () => {
    expect(readSaid(renderForm(NOTE_FORM, aNote()))).toEqual({ kind: 'other' })
  })

  it('is not looked for in ordinary comments, whatever headings they have', () => {
    expect(readSaid('<h3>Reason</h3><p>too slow</p><h3>Explanation</h3><p>none</p><h3>Why</h3><p>so</p>')).toEqual({
      kind: 'other',
    })
    expect(readSaid('<p>accepted</p>')).toEqual({ kind: 'other' })
  })

  it.each([
    [
      'a misspelt title',
      '<h2>Escalation acepted</h2>',
      "The heading 'Escalation acepted' is not one of ours; did you mean 'Escalation accepted'?",
    ],
    [
      'a reason that is none of ours',
      '<h2>Escalation returned</h2><h3>Reason</h3><p>no time</p>',
      `'Reason' must be one of ${COMMAND_FORMS.return.fields[0]!.choices!.join(', ')}, not 'no time'.`,
    ],
    [
      'a tier that is no number',
      '<h2>Escalation handed on</h2><h3>To tier</h3><p>up</p>',
      "'To tier' must be a number, not 'up'.",
    ],
    [
      'a tier there cannot be',
      '<h2>Escalation handed on</h2><h3>To tier</h3><p>9</p>',
      "'To tier' can't be taken. Must be at most 4.",
    ],
    [
      'a heading twice',
      '<h2>Fix available</h2><h3>Version</h3><p>1</p><h3>Version</h3><p>2</p>',
      "The heading 'Version' appears twice; keep one.",
    ],
  ])('is refused with a sentence for %s', (_, html, problem) => {
    expect(readSaid(html)).toEqual({ kind: 'broken', problems: [problem] })
  })
})
