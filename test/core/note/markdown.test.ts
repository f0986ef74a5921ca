import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../../core/note/markdown.ts'
import { emptyNote } from '../../../core/note/note.ts'

describe('renderMarkdown', () => {
  it('keeps text as text', () => {
    const note = emptyNote()
    note.issue.summary = '# not a heading *nor* bold | <b>\nsecond line\n\n1. new paragraph'
    note.steps_taken = ['- restarted\nagain', 'cleared']
    note.diagnostics.log_excerpts = 'a\n```\nb'
    note.diagnostics.reproduction_rate = 30
    expect(renderMarkdown(note)).toBe(
      [
        '## Escalation note',
        '',
        '### Summary',
        '',
        '\\# not a heading \\*nor\\* bold \\| \\<b\\>\\',
        'second line',
        '',
        '1\\. new paragraph',
        '',
        '### Steps taken',
        '',
        '- \\- restarted\\',
        '  again',
        '- cleared',
        '',
        '### Reproduction rate',
        '',
        '30 %',
        '',
        '### Log excerpts',
        '',
        '````',
        'a',
        '```',
        'b',
        '````',
        '',
      ].join('\n'),
    )
  })
})
