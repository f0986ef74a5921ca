import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edit, newDraft, prefill } from '../../../app/sidebar/draft.ts'
import { readField } from '../../../core/note/fields.ts'
import { emptyNote } from '../../../core/note/note.ts'

const PATHS = ['issue.summary', 'escalation_reason', 'customer_context.account'] as const
const path = fc.constantFrom(...PATHS)
const step = fc.oneof(
  fc.record({ by: fc.constant('agent' as const), path, value: fc.string() }),
  fc.record({ by: fc.constant('ticket' as const), path, value: fc.string() }),
)

it('never lets the ticket change a field that the agent has written or emptied', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let draft = newDraft('tab', 0, emptyNote())
      const written = new Map<string, string>()
      for (const { by, path, value } of steps) {
        if (by === 'agent') written.set(path, value)
        draft = by === 'agent' ? edit(draft, path, value) : prefill(draft, { [path]: value })
        for (const [own, text] of written) expect(readField(draft.written, own as typeof path)).toBe(text)
      }
      expect(draft.prefilled.filter((own) => written.has(own))).toEqual([])
    }),
  )
})
