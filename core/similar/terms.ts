import { stem } from './stem.ts'
import { STOP_WORDS } from './stop-words.ts'

/** A run of letters and digits with what joins them in identifiers, versions, host names, paths and error codes. */
const CHUNK = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|[._\-'’](?=[\p{L}\p{N}]))*/gu
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const VERSION = /^v?(\d{1,4}(?:\.\d{1,6}){1,4})(?:[.-]?(?:final|ga|release|rc\d*|beta\d*|alpha\d*|snapshot))?$/
/** Different each time a thing happens: instants, addresses in memory, identifiers. */
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*|\b\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?\b/g
const NOISE = /^(?:0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{20,}|(?=[a-f]*\d)[0-9a-f]{16,}|\d{4}-\d\d-\d\d.*|\d{7,})$/
/** `getFileStatus`: get, File, Status; `HTTPServer2`: HTTP, Server2; `S3AInput`: S3A, Input; `log4j` is one. */
const NAME_PARTS =
  /(?:\p{Lu}+\p{N}+)?\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+(?:\p{N}+\p{Ll}+)*\p{N}*|\p{N}+|\p{Lu}+/gu
const LONGEST = 64

/**
 * The words of a text by which texts like it are found, in their order and as often as they occur: stems of words, names as
 * they are and in their parts (`S3AInputStream`: itself, `s3a`, `input`, `stream`), versions, error codes.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [chunk] of text.normalize('NFKC').replace(INSTANT, ' ').matchAll(CHUNK)) addChunk(words, chunk)
  return words
}

/** Every word and every two that stand side by side: in a sentence or two, `can not` and `why` tell as much as names do. */
export function phrasesOf(text: string): string[] {
  const words = (plain(text.normalize('NFKC')).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem)
  return [...words, ...words.slice(1).map((word, at) => `${words[at]} ${word}`)]
}

function addChunk(words: string[], chunk: string): void {
  const whole = plain(chunk)
  if (whole.length > LONGEST * 4 || NOISE.test(whole)) return
  const version = VERSION.exec(whole)
  if (version) words.push(version[1]!)
  else if (UNSPACED.test(chunk)) addUnspaced(words, whole)
  else addName(words, chunk)
}

/** A name made of several counts as itself, too, and so does each of its segments: nobody writes it by chance. */
function addName(words: string[], chunk: string): void {
  const segments = chunk.split(/[._\-'’]/).filter(Boolean)
  if (segments.length > 1 && !/['’]/.test(chunk)) addWord(words, plain(chunk))
  for (const segment of segments) {
    const parts = segment.match(NAME_PARTS) ?? [segment]
    if (parts.length > 1) addWord(words, plain(segment))
    for (const part of parts) addWord(words, stem(plain(part)))
  }
}

function addWord(words: string[], word: string): void {
  if (word.length < 2 || word.length > LONGEST || STOP_WORDS.has(word) || NOISE.test(word)) return
  words.push(word)
}

function addUnspaced(words: string[], text: string): void {
  const signs = [...text]
  if (signs.length === 1) words.push(text)
  for (let at = 1; at < signs.length; at++) words.push(`${signs[at - 1]}${signs[at]}`)
}

/** Small letters without accents; marks that make another sign of a Japanese or Indian one stay. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/ß/g, 'ss')
}
