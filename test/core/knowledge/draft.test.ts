import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DraftSource, writeDraft } from '../../../core/knowledge/draft.ts'
import { DRAFT_FORMS, draftLabel } from '../../../core/knowledge/effect.ts'
import { scrub } from '../../../core/knowledge/scrub.ts'

describe('scrubbing', () => {
  it.each([
    ['a name in any case', 'ACME corp cannot log in at acme', '[customer] corp cannot log in at [customer]'],
    ['a whole name and its parts', 'Jane Hollis says; Hollis waits', '[customer] says; [customer] waits'],
    ['a name with a sign in it that nobody sees', 'A\u200bcme', '[customer]'],
    ['an e-mail address', 'Write to jane.h+x@acme.example now', 'Write to [e-mail] now'],
    ['a telephone number', 'Call +49 (30) 123 456-78.', 'Call [number].'],
    ['an address on the network', 'from 10.0.0.12 to it', 'from [address] to it'],
    ['an id', 'Org 6f1c2a3b-1111-2222-3333-444455556666 fails', 'Org [id] fails'],
    ['a ticket', 'as in #35436', 'as in [number]'],
    ['a secret', 'api_key=abc123, password is hunter2', '[secret] [secret]'],
    ['a link', 'see https://acme.example/a?b=c for it', 'see [link] for it'],
  ])('takes %s away', (_, text, clean) => {
    expect(scrub(text, ['Acme', 'Jane Hollis'])).toBe(clean)
  })

  it.each(['SAML 2.0 and TLS 1.3', 'Error 500 after 30 s', 'the token is expired', 'log4j 2.17.1'])(
    'leaves %s as it is',
    (text) => {
      expect(scrub(text, ['Global Data Systems Inc.'])).toBe(text)
    },
  )

  it('changes nothing the second time', () => {
    const words = fc.array(fc.constantFrom('Acme', 'jane@acme.example', '#7', '4111 1111 1111 1111', 'the', 'login'))
    fc.assert(
      fc.property(words, (some) => {
        const once = scrub(some.join(' '), ['Acme'])
        expect(scrub(once, ['Acme'])).toBe(once)
      }),
    )
  })
})

const source: DraftSource = {
  escalationId: 'ESC-2026-000007',
  note: {
    issue: { summary: 'Login fails for Acme <b>', symptoms: ['AADSTS50011', ''] },
    diagnostics: { environment: 'Chrome & SAML', reproduction_steps: ['Open', 'Log in'] },
    steps_taken: ['Cleared the cache'],
  },
  resolution: { rootCause: 'Certificate expired', fix: '1. Upload the new one\n2. Switch over', code: 'configuration' },
  component: 'Single sign-on',
  names: ['Acme'],
}

describe('a draft', () => {
  it('is an article of what was wrong, why, and what helped', () => {
    const { title, html } = writeDraft(source, 'article')
    expect(title).toBe('Single sign-on: Login fails for [customer] <b>')
    expect(html).toBe(
      '<h2>Problem</h2><p>Login fails for [customer] &lt;b&gt;</p>' +
        '<h2>Symptoms</h2><ul><li>AADSTS50011</li></ul>' +
        '<h2>Environment</h2><p>Chrome &amp; SAML</p>' +
        '<h2>How to reproduce it</h2><ol><li>Open</li><li>Log in</li></ol>' +
        '<h2>Cause</h2><p>Certificate expired</p>' +
        '<h2>Fix</h2><p>1. Upload the new one<br>2. Switch over</p>' +
        '<p><em>Drafted by Baton from ESC-2026-000007. Resolved by: configuration. ' +
        'Read it before you publish it: it was written for colleagues.</em></p>',
    )
  })

  it('is a runbook of what to check and what to do', () => {
    const { title, html } = writeDraft(source, 'runbook')
    expect(title).toMatch(/^Runbook: Single sign-on: /)
    expect(html).toContain('<h2>Check first</h2><ol><li>Cleared the cache</li></ol>')
    expect(html).toContain('<h2>Steps</h2><ol><li>Upload the new one</li><li>Switch over</li></ol>')
  })

  it('has a title that Guide takes, also of a note that says nothing', () => {
    const long = { ...source.note, issue: { summary: 'x'.repeat(500), symptoms: [] } }
    expect([...writeDraft({ ...source, note: long }, 'runbook').title]).toHaveLength(120)
    const empty = { ...source.note, issue: { summary: '', symptoms: [] } }
    expect(writeDraft({ ...source, component: '', note: empty }, 'article').title).toBe('Escalation')
  })

  it('names no customer and no address, wherever they were written', () => {
    const name = fc.stringMatching(/^[qxzj][a-z]{3,9}( [qxzj][a-z]{3,9})?$/)
    const sentence = (names: string[]) =>
      fc.array(fc.constantFrom('fails', 'for', 'x@y.example', '+1 555 123 4567', '\n', ...names, ...names.map(upper)))
    const written = fc.array(name, { minLength: 1, maxLength: 3 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        texts: fc.array(
          sentence(names).map((words) => words.join(' ')),
          { minLength: 8, maxLength: 8 },
        ),
        form: fc.constantFrom(...DRAFT_FORMS),
      }),
    )
    fc.assert(
      fc.property(written, ({ names, texts, form }) => {
        const [summary, symptom, environment, step, taken, rootCause, fix, component] = texts as [
          string,
          ...Exclude<typeof texts, []>,
        ] as string[]
        const said: DraftSource = {
          ...{ escalationId: 'ESC-2026-000007', component: component!, names },
          note: {
            issue: { summary: summary!, symptoms: [symptom!] },
            diagnostics: { environment: environment!, reproduction_steps: [step!] },
            steps_taken: [taken!],
          },
          resolution: { rootCause: rootCause!, fix: fix!, code: 'how_to' },
        }
        const { title, html } = writeDraft(said, form)
        const all = `${title}\n${html}`.toLowerCase()
        for (const one of names) expect(all).not.toContain(one)
        expect(all).not.toMatch(/y\.example|555/)
      }),
      { numRuns: 200 },
    )
  })

  it('is found again by a label in lower case', () => {
    expect(draftLabel('ESC-2026-000007')).toBe('esc-2026-000007')
  })
})

function upper(text: string): string {
  return text.toUpperCase()
}
