import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lacking } from '../../../app/life/form-rules.ts'
import { formOf } from '../../../app/sidebar/forms.ts'
import { COMMAND_NAMES, type CommandName } from '../../../core/command/forms.ts'
import type { Stage } from '../../../core/contract/api.ts'
import { LIFE } from '../../../core/escalation/life.ts'
import type { FieldValue } from '../../../core/form/form.ts'
import { says, upTo } from '../../core/escalation/said.ts'
import { fold, minute } from '../../core/escalation/ticks.ts'

/** Those that need nothing but a stage that waits for them are told apart elsewhere. */
const FORMS = COMMAND_NAMES.filter((command) => command !== 'approve' && command !== 'reject')
const STAGES: Partial<Record<CommandName, Stage>> = { 'fix-available': 'fixing', deescalate: 'resolved' }

describe('what a form asks for before it is sent', () => {
  it.each(FORMS)('is what Baton asks for: %s', (command) => {
    const stage = STAGES[command] ?? (LIFE[command].stages.includes('accepted') ? 'accepted' : 'requested')
    const before = upTo(stage)
    fc.assert(
      fc.property(answers(command), (answer) => {
        const fact = says(command, answer as never, { minutes: 60, helpers: [] })
        const { events } = fold(...before, fact)
        const refusal = events.find(({ kind }) => kind === 'refused')
        const lacks = lacking(command, formOf(command).schema.parse(answer) as never, stage, minute(60))
        // The app may ask for more, never for less.
        if (lacks.length === 0) expect(refusal).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })
})

/** Answers in which fields are empty, blank or filled at random. */
function answers(command: CommandName): fc.Arbitrary<Record<string, FieldValue>> {
  const values: Record<string, fc.Arbitrary<FieldValue>> = {}
  for (const { path, kind, choices } of formOf(command).fields) {
    values[path] =
      kind === 'choice'
        ? fc.constantFrom(null, ...(choices ?? []))
        : kind === 'lines'
          ? fc.constantFrom<FieldValue>([], ['Something'])
          : kind === 'boolean'
            ? fc.constantFrom(null, true, false)
            : kind === 'number'
              ? fc.constantFrom(null, 3)
              : fc.constantFrom('', ' ', 'Something', 'https://example.com/a', '2026-03-08', '2020-01-01')
  }
  return fc.record(values)
}
