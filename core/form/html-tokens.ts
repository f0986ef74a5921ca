/** A piece of an HTML text. `text` still holds its character references; tags are in lower case, without attributes. */
export type HtmlToken = { kind: 'text'; text: string } | { kind: 'open' | 'close'; tag: string }

/**
 * Cuts HTML into text and tags, left to right, looking at each character a bounded number of times: the time is
 * linear in the length whatever the input. Comments and declarations are dropped; a `<` that opens no tag is text;
 * what follows an unfinished tag is dropped, as in a browser.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let textStart = 0
  let from = 0
  for (;;) {
    const opening = html.indexOf('<', from)
    if (opening === -1) break
    const markup = readMarkup(html, opening)
    if (markup === 'text') {
      from = opening + 1
      continue
    }
    if (opening > textStart) yield { kind: 'text', text: html.slice(textStart, opening) }
    if (markup === 'unfinished') return
    if (markup.token) yield markup.token
    textStart = markup.end
    from = markup.end
  }
  if (textStart < html.length) yield { kind: 'text', text: html.slice(textStart) }
}

type Markup = { token: HtmlToken | null; end: number } | 'text' | 'unfinished'

function readMarkup(html: string, opening: number): Markup {
  if (html.startsWith('<!--', opening)) return ignored(html.indexOf('-->', opening + 4), 3)
  const next = html[opening + 1]
  if (next === '!' || next === '?') return ignored(html.indexOf('>', opening), 1)

  const isClosing = next === '/'
  const nameStart = opening + (isClosing ? 2 : 1)
  let nameEnd = nameStart
  while (isNameCharacter(html.charCodeAt(nameEnd))) nameEnd++
  if (nameEnd === nameStart || isDigit(html.charCodeAt(nameStart))) return 'text'

  const closing = endOfTag(html, nameEnd)
  if (closing === -1) return 'unfinished'
  const tag = html.slice(nameStart, nameEnd).toLowerCase()
  return { token: { kind: isClosing ? 'close' : 'open', tag }, end: closing + 1 }
}

function ignored(end: number, length: number): Markup {
  return end === -1 ? 'unfinished' : { token: null, end: end + length }
}

/** The `>` that ends a tag, past quoted attribute values; -1 when there is none. */
function endOfTag(html: string, from: number): number {
  for (let index = from; index < html.length; index++) {
    const character = html[index]
    if (character === '>') return index
    if (character === '=') {
      let value = index + 1
      while (html[value] === ' ') value++
      const quote = html[value]
      if (quote !== '"' && quote !== "'") continue
      index = html.indexOf(quote, value + 1)
      if (index === -1) return -1
    }
  }
  return -1
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isNameCharacter(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}
