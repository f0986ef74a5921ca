import fc from 'fast-check'
import sanitizeHtml from 'sanitize-html'
import { describe, expect, it } from 'vitest'
import { COMMENT_LIMIT, commentSize } from '../../../core/form/render-form.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { parseHtml } from '../../../core/note/parse.ts'
import { renderHtml } from '../../../core/note/render.ts'
import { anyNote, nastyText } from './arbitraries.ts'
import { aNote } from './fixtures.ts'

const wrapped = (html: string) => `<div class="zd-comment" dir="auto">${html}</div>`

const ALLOWED =
  'h1 h2 h3 h4 h5 h6 p br ul ol li strong em b i u code pre blockquote a hr table thead tbody tr th td div span'
const sanitised = (html: string) =>
  sanitizeHtml(html, { allowedTags: ALLOWED.split(' '), allowedAttributes: { a: ['href'] } })

/** What re-formatters do to a comment without changing what it says. */
const REFORMATTERS: [string, (html: string) => string][] = [
  ['as it was written', (html) => html],
  ['wrapped by Zendesk', wrapped],
  ['sanitised', (html) => wrapped(sanitised(html))],
  ['sanitised twice', (html) => sanitised(wrapped(sanitised(html)))],
  ['with upper-case tags', (html) => html.replace(/<\/?[a-z0-9]+>/g, (tag) => tag.toUpperCase())],
  ['with self-closed breaks', (html) => html.replaceAll('<br>', '<br />')],
  ['with one block tag a line', (html) => html.replace(/<(?!br)/g, '\n<')],
  ['indented, also after breaks', (html) => html.replace(/<[^>]*>/g, '\r\n\t  $&\n    ')],
  [
    'with directions on each block',
    (html) => html.replace(/<(p|li|h2|h3|pre|ul|ol)>/g, '<$1 dir="auto" title="a > b">'),
  ],
  [
    'with quotes as entities',
    (html) => html.replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('\u00a0', '&nbsp;'),
  ],
  [
    'with hexadecimal entities',
    (html) => html.replaceAll('&lt;', '&#x3C;').replaceAll('&amp;', '&#38;').replaceAll('\u00a0', '&#xa0;'),
  ],
  ['in ASCII', (html) => html.replace(/[^\p{ASCII}]/gu, (character) => `&#${character.codePointAt(0)};`)],
  [
    'in ASCII with names',
    (html) => html.replaceAll('é', '&eacute;').replaceAll('\u2003', '&emsp;').replaceAll('\u200d', '&zwj;'),
  ],
  ['with entries as paragraphs', (html) => html.replaceAll('<li>', '<li><p>').replaceAll('</li>', '</p></li>')],
  [
    'with addresses linked',
    (html) => html.replaceAll('jane@acme.com', '<a href="mailto:jane@acme.com">jane@acme.com</a>'),
  ],
  ['through UTF-8', (html) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(html))],
]

describe('a note in a comment', () => {
  it.each(REFORMATTERS)('comes back exactly %s', (_, reformat) => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(parseHtml(reformat(renderHtml(note)))).toEqual({ kind: 'note', note })
      }),
      { numRuns: 150 },
    )
  })

  it.each(REFORMATTERS)('keeps the worst single text exactly %s', (_, reformat) => {
    fc.assert(
      fc.property(nastyText, nastyText, (text, entry) => {
        const note = aNote({ escalation_reason: text, steps_taken: [entry, text, ''] })
        note.diagnostics.log_excerpts = text
        expect(parseHtml(reformat(renderHtml(note)))).toEqual({ kind: 'note', note })
      }),
      { numRuns: 300 },
    )
  })

  it('keeps 20,000 characters in a field', () => {
    const long = 'Ω <b>&amp;</b> \t\r\n  |😀| '.repeat(800).slice(0, 20_000)
    const note = aNote({ escalation_reason: long })
    expect(parseHtml(wrapped(sanitised(renderHtml(note))))).toEqual({ kind: 'note', note })
  })

  it('may be empty', () => {
    expect(parseHtml(wrapped(renderHtml(emptyNote())))).toEqual({ kind: 'note', note: emptyNote() })
  })

  it('never crashes on a text that is no note', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(nastyText, fc.constantFrom('<h2>Escalation note</h2>', '<h3>Summary</h3>', '<p>', '<ul>', '<li>')),
          { maxLength: 12 },
        ),
        (pieces) => {
          expect(['note', 'broken', 'other']).toContain(parseHtml(pieces.join('')).kind)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('renderHtml', () => {
  it('uses only tags without attributes that a sanitiser keeps', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const html = renderHtml(note)
        const allowed = /^(?:<\/?(?:h2|h3|p|ul|ol|li|pre)>|<br>|[^<>])*$/u
        expect(html).toMatch(allowed)
        expect(html).not.toMatch(/[\p{Cc}]/u)
      }),
    )
  })

  it('is readable: title, headings and plain blocks, empty fields left out', () => {
    const note = {
      ...emptyNote(),
      escalation_reason: 'Needs the  logs\nof <node 3>',
      steps_taken: ['Restarted', 'Cleared'],
    }
    note.triage.needs_code = false
    expect(renderHtml(note)).toBe(
      '<h2>Escalation note</h2><h3>Steps taken</h3><ol><li>Restarted</li><li>Cleared</li></ol>' +
        '<h3>Reason for escalation</h3><p>Needs the\u00a0 logs<br>of &lt;node 3&gt;</p>' +
        '<h3>Needs a code change</h3><p>No</p>',
    )
  })

  it('tells how much of a comment it fills, in bytes', () => {
    expect(commentSize('aé€😀')).toBe(1 + 2 + 3 + 4)
    expect(commentSize(renderHtml(aNote()))).toBeLessThan(COMMENT_LIMIT)
  })
})
