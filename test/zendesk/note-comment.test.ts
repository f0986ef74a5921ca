import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commentSize } from '../../core/form/render-form.ts'
import { parseHtml } from '../../core/note/parse.ts'
import { renderHtml } from '../../core/note/render.ts'
import { anyNote } from '../core/note/arbitraries.ts'
import { LONGEST_COMMENT, storedHtml } from './tickets/comment-text.ts'

it('brings a note back whole through the sanitiser of comments', () => {
  fc.assert(
    fc.property(anyNote, (note) => {
      const html = renderHtml(note)
      fc.pre(commentSize(html) <= LONGEST_COMMENT)
      expect(parseHtml(storedHtml(html))).toEqual({ kind: 'note', note })
    }),
    { numRuns: 200 },
  )
})
