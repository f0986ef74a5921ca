import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBlocks } from '../../../core/form/html-blocks.ts'
import { htmlTokens } from '../../../core/form/html-tokens.ts'
import { parseHtml } from '../../../core/note/parse.ts'
import { renderHtml } from '../../../core/note/render.ts'
import { aNote } from './fixtures.ts'

const TITLE = '<h2>Escalation note</h2>'

function problemsOf(html: string): string[] {
  const reading = parseHtml(html)
  return reading.kind === 'broken' ? reading.problems : [`was read as ${reading.kind}`]
}

describe('a comment that is no note', () => {
  it.each([
    ['is empty', ''],
    ['is a plain reply', '<div class="zd-comment" dir="auto"><p>Thanks, we look into it.</p></div>'],
    ['mentions a note in a sentence', '<p>I wrote an Escalation note<br>Summary: it fails</p>'],
    ['has a heading of its own', '<h2>Root cause</h2><p>Cache</p>'],
    ['shares a single heading with notes', '<h3>Summary</h3><p>All good now</p>'],
    ['is not HTML at all', 'a < b && c > d <'],
    ['has its heading in a link that never ends', '<p>see <a href="x<h2>Escalation note</h2>'],
  ])('is left alone when it %s', (_, html) => {
    expect(parseHtml(html)).toEqual({ kind: 'other' })
  })
})

describe('a note that was edited or half written', () => {
  it.each<[string, string, string[]]>([
    [
      'a misspelt heading',
      `${TITLE}<h3>Sumary</h3><p>x</p>`,
      ["The heading 'Sumary' is not one of ours; did you mean 'Summary'?"],
    ],
    [
      'a heading in other words',
      `${TITLE}<h3>My thoughts on this</h3><p>x</p>`,
      ["The heading 'My thoughts on this' is not one of ours; use the note's own headings."],
    ],
    [
      'a misspelt title',
      '<h2>Escalation nota</h2><h3>Summary</h3><p>x</p>',
      ["The heading 'Escalation nota' is not one of ours; did you mean 'Escalation note'?"],
    ],
    [
      'no title',
      '<h3>Summary</h3><p>x</p><h3>Steps taken</h3><ol><li>y</li></ol>',
      ["The heading 'Escalation note' is missing at the top."],
    ],
    ['a second title', `${TITLE}${TITLE}`, ["The heading 'Escalation note' appears twice; keep one."]],
    [
      'a heading twice',
      `${TITLE}<h3>Summary</h3><p>x</p><h3>Summary</h3><p>y</p>`,
      ["The heading 'Summary' appears twice; keep one."],
    ],
    [
      'headings out of order',
      `${TITLE}<h3>Steps taken</h3><ol><li>x</li></ol><h3>Summary</h3><p>y</p>`,
      ["The heading 'Summary' comes after 'Steps taken'; it belongs before it."],
    ],
    [
      'a heading with nothing below',
      `${TITLE}<h3>Summary</h3><h3>Symptoms</h3><ul><li>x</li></ul>`,
      ["There is nothing under 'Summary'; write something or remove the heading."],
    ],
    ['an empty heading', `${TITLE}<h3> </h3>`, ['There is a heading without text; remove it.']],
    [
      'a heading that was removed above a paragraph',
      `${TITLE}<h3>Customer impact</h3><p>x</p><p>y</p>`,
      ["Under 'Customer impact' there is more than one paragraph or list; is a heading missing?"],
    ],
    [
      'a paragraph where a list belongs',
      `${TITLE}<h3>Symptoms</h3><p>x</p>`,
      ["'Symptoms' must be a list, one entry per line."],
    ],
    [
      'a list where a paragraph belongs',
      `${TITLE}<h3>Summary</h3><ul><li>x</li></ul>`,
      ["'Summary' must be a paragraph, not a list."],
    ],
    [
      'a list without entries',
      `${TITLE}<h3>Symptoms</h3><ul></ul>`,
      ["The list under 'Symptoms' has no entry; write one or remove the heading."],
    ],
    [
      'a list in a list',
      `${TITLE}<h3>Symptoms</h3><ul><li>x<ul><li>y</li></ul></li></ul>`,
      ["'Symptoms' has formatting that a note does not have (<ul>); write it as plain text."],
    ],
    [
      'text before the title',
      `<p>Hi team</p>${TITLE}`,
      ["There is something before the heading 'Escalation note'; send it as a comment of its own."],
    ],
    [
      'text between the title and the fields',
      `${TITLE}<p>Hi</p><h3>Summary</h3><p>x</p>`,
      ["There is something between 'Escalation note' and the first heading of a field."],
    ],
    [
      'text outside of any block',
      `${TITLE}<h3>Summary</h3>it fails`,
      ["Under 'Summary' there is text outside of a paragraph or list: 'it fails'."],
    ],
    [
      'bold words',
      `${TITLE}<h3>Summary</h3><p>it <strong>fails</strong></p>`,
      ["'Summary' has formatting that a note does not have (<strong>); write it as plain text."],
    ],
    [
      'a table',
      `${TITLE}<h3>Summary</h3><table><tr><td>x</td></tr></table>`,
      ["Under 'Summary' there is a <table>, which a note does not have; write it as plain text."],
    ],
    [
      'words for a number',
      `${TITLE}<h3>Affected customers</h3><p>about fifty</p>`,
      ["'Affected customers' must be a number, not 'about fifty'."],
    ],
    [
      'half a customer',
      `${TITLE}<h3>Affected customers</h3><p>1.5</p>`,
      ["'Affected customers' can't be taken. Must be a whole number."],
    ],
    [
      'too high a rate',
      `${TITLE}<h3>Reproduction rate</h3><p>130 %</p>`,
      ["'Reproduction rate' can't be taken. Must be at most 100."],
    ],
    [
      'a severity that does not exist',
      `${TITLE}<h3>Severity</h3><p>urgent</p>`,
      ["'Severity' must be one of P0, P1, P2, P3, not 'urgent'."],
    ],
    [
      'neither yes nor no',
      `${TITLE}<h3>Needs a code change</h3><p>maybe</p>`,
      ['\'Needs a code change\' must be "Yes" or "No", not \'maybe\'.'],
    ],
    [
      'a damaged escape',
      `${TITLE}<h3>Summary</h3><p>a ␛zz b</p>`,
      ["'Summary' holds a damaged escape: after ␛ there must be a hexadecimal code and ';'."],
    ],
    [
      'too long a text',
      `${TITLE}<h3>Summary</h3><p>${'x'.repeat(20_001)}</p>`,
      ["'Summary' can't be taken. At most 20,000 characters."],
    ],
  ])('reports %s', (_, html, problems) => {
    expect(problemsOf(html)).toEqual(problems)
  })

  it('reports every problem at once, but not more than a person reads', () => {
    expect(problemsOf(`${TITLE}<h3>Sumary</h3><p>x</p><h3>Symptms</h3><p>y</p>`)).toHaveLength(2)
    expect(problemsOf(TITLE + '<h3>Sumary</h3><p>x</p>'.repeat(50))).toHaveLength(21)
  })

  it('is never read as another note when a tag is lost', () => {
    const html = renderHtml(aNote())
    const tags = [...html.matchAll(/<(h3)>/g)]
    fc.assert(
      fc.property(fc.nat({ max: tags.length - 1 }), (lost) => {
        const at = tags[lost]!.index
        const withoutHeading = html.slice(0, at) + html.slice(html.indexOf('</h3>', at) + 5)
        expect(parseHtml(withoutHeading).kind).toBe('broken')
      }),
    )
  })
})

describe('a note written by hand', () => {
  it('is read when it keeps to the format', () => {
    const html = `<h1>Escalation note</h1>
      <h4>Summary</h4> <p>Login   fails</p> <br>
      <h4>Steps taken</h4> <ul> <li>Restarted</li> <li><p>Cleared <a href="https://x.test">https://x.test</a></p></li> </ul>
      <h4>Log excerpts</h4> <pre>one\n  two</pre>
      <h4>Health score</h4><p> 72 </p>`
    const reading = parseHtml(html)
    expect(reading).toMatchObject({
      kind: 'note',
      note: {
        issue: { summary: 'Login fails' },
        steps_taken: ['Restarted', 'Cleared https://x.test'],
        diagnostics: { log_excerpts: 'one\n  two' },
        customer_context: { health_score: 72 },
      },
    })
  })
})

describe('a hostile comment of 2 MB', () => {
  const HOSTILE: [string, string][] = [
    ['opening signs', '<'],
    ['unfinished tags', '<a '],
    ['unfinished attributes', '<a href="'],
    ['unfinished comments', '<!--'],
    ['equal signs in a tag', '<a = = '],
    ['paragraphs never closed', '<p>'],
    ['lists in lists', '<ul><li>'],
    ['ampersands', '&'],
    ['unfinished entities', '&#1'],
    ['spaces', ' '],
    ['breaks', '<br>'],
    ['escape signs', '␛'],
    ['headings of ours', '<h3>Summary</h3>'],
    ['titles', TITLE],
    ['misspelt titles', '<h2>Escalation nota and more</h2>'],
    ['foreign tags', '<b></i>'],
  ]

  it.each(HOSTILE)('made of %s takes steps in proportion to its length', (_, piece) => {
    const hostile = `${TITLE}<h3>Summary</h3><p>${piece.repeat(2_000_000 / piece.length)}`
    let tokens = 0
    let characters = 0
    for (const token of htmlTokens(hostile)) {
      tokens++
      characters += token.kind === 'text' ? token.text.length : token.tag.length
    }
    expect(tokens).toBeLessThanOrEqual(hostile.length)
    expect(characters).toBeLessThanOrEqual(hostile.length)
    expect(readBlocks(hostile).length).toBeLessThan(400)
    expect(['broken', 'note', 'other']).toContain(parseHtml(hostile).kind)
  })
})
