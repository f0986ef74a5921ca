/**
 * How text travels through HTML that others re-format. Sanitisers, editors and pretty printers may fold white space,
 * drop control characters, trim what is at the edge of a block and re-encode entities; nobody may change the text.
 * So text is first written without anything they touch, and stays readable:
 *
 * | in the text | in the comment |
 * | --- | --- |
 * | line feed | `<br>`; at the very start or end of a block, where editors trim it, `␊` |
 * | one space between two characters | itself |
 * | other spaces (runs, edges of a line) | no-break spaces, as rich text editors write them, and one plain space at the end of a run |
 * | tab | em space |
 * | carriage return | `␍` |
 * | what HTML or a database drops or changes (other control characters, lone surrogates, non-characters, line separators, byte order mark) | `␛HEX;`, the code point: `␛1B;` |
 * | a character that has a meaning above (no-break space, em space, `␊`, `␍`, `␛`) | `␛HEX;` |
 * | nothing, where something must be (an empty list entry) | `␛;` |
 *
 * Reading therefore folds plain white space, trims it next to `<br>` and block edges, and undoes the table.
 */

const BREAK_SIGN = '\u240a'
const RETURN_SIGN = '\u240d'
const ESCAPE_SIGN = '\u241b'
const NO_BREAK_SPACE = '\u00a0'
const EM_SPACE = '\u2003'

/** Text → the lines between its `<br>`s, free of anything a re-formatter touches; not yet HTML-escaped. */
export function carryText(text: string): string[] {
  if (text === '') return [`${ESCAPE_SIGN};`]
  let start = 0
  while (text[start] === '\n') start++
  let end = text.length
  while (end > start && text[end - 1] === '\n') end--

  const lines = text.slice(start, end).split('\n').map(carryLine)
  lines[0] = BREAK_SIGN.repeat(start) + lines[0]
  lines[lines.length - 1] += BREAK_SIGN.repeat(text.length - end)
  return lines
}

/**
 * Undoes `carryText` on lines that came back, their entities decoded.
 *
 * @param isPreformatted in `<pre>`, plain white space inside a line means itself
 * @returns `null` when an escape is damaged
 */
export function uncarryText(lines: readonly string[], isPreformatted: boolean): string | null {
  const carried = lines
    .map((line) => (isPreformatted ? trimPlain(line).replace(/\r\n?/g, '\n') : foldPlain(line)))
    .join('\n')
  if (/\u241b(?!(?:10|0?[0-9A-F])?[0-9A-F]{0,4};)/.test(carried)) return null

  return carried.replace(/[\u00a0\u2003\u240a\u240d]|\u241b([0-9A-F]*);/g, (sign, code?: string) => {
    if (sign === NO_BREAK_SPACE) return ' '
    if (sign === EM_SPACE) return '\t'
    if (sign === BREAK_SIGN) return '\n'
    if (sign === RETURN_SIGN) return '\r'
    return code ? String.fromCodePoint(Number.parseInt(code, 16)) : ''
  })
}

/** True when there is nothing but plain white space. */
export function isBlank(text: string): boolean {
  return !/[^ \t\n\f\r]/.test(text)
}

/** Removes plain white space at both ends; unlike `trim`, not the spaces that carry text. */
export function trimPlain(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isPlainSpace(text.charCodeAt(start))) start++
  while (end > start && isPlainSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function foldPlain(text: string): string {
  return trimPlain(text).replace(/[ \t\n\f\r]+/g, ' ')
}

function isPlainSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b)
}

function carryLine(line: string): string {
  let carried = ''
  let index = 0
  for (const character of line) {
    const isFirst = index === 0
    index += character.length
    const isBeforeWord = index < line.length && line[index] !== ' '
    if (character === ' ') carried += isBeforeWord && !isFirst ? ' ' : NO_BREAK_SPACE
    else if (character === '\t') carried += EM_SPACE
    else if (character === '\r') carried += RETURN_SIGN
    else if (needsEscape(character.codePointAt(0)!)) carried += escaped(character.codePointAt(0)!)
    else carried += character
  }
  return carried
}

function escaped(point: number): string {
  return `${ESCAPE_SIGN}${point.toString(16).toUpperCase()};`
}

const SIGNS = new Set([0xa0, 0x2003, 0x240a, 0x240d, 0x241b, 0x2028, 0x2029, 0xfeff])

function needsEscape(point: number): boolean {
  if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return true
  if (point < 0x2000) return point === 0xa0
  const isSurrogate = point >= 0xd800 && point <= 0xdfff
  const isNonCharacter = (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) === 0xfffe
  return isSurrogate || isNonCharacter || SIGNS.has(point)
}
