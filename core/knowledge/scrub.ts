/** Stands where a customer was named. */
export const CUSTOMER = '[customer]'

/** Names shorter than this are words of every text. */
const SHORTEST_NAME = 3

/** What may tell who somebody is, whatever it is called: each is replaced by what it was. */
const TELLING: [what: RegExp, instead: string][] = [
  [/[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:]+/gu, '[e-mail]'],
  [/\b(?:bearer|token|password|passwd|secret|api[_-]?key)\b\s*[:=]\s*\S+/giu, '[secret]'],
  [/\b(?:password|passwd|bearer)\s+(?:is\s+)?(?=\S*\d)\S+/giu, '[secret]'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/giu, '[id]'],
  [/\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{20,}\b/giu, '[id]'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/gu, '[address]'],
  [/\bhttps?:\/\/[^\s<>"]+/giu, '[link]'],
  // A telephone number, a card, an account: seven digits or more, however they are grouped.
  [/(?<![\p{L}\p{N}])[+(]?\d(?:[ ()./-]{0,2}\d){6,}(?![\p{L}\p{N}])/gu, '[number]'],
  [/#\d+/gu, '[number]'],
]

/**
 * A text without what could tell which customer it is about: the names given, in any case, and addresses, secrets, links and
 * long numbers. It takes away too much rather than too little: a person reads it before others do.
 *
 * @param names of customers, their people and organisations
 */
export function scrub(text: string, names: readonly string[]): string {
  // Signs that nobody sees would hide a name from us and not from whoever reads it.
  let clean = text.normalize('NFKC').replace(/\p{Cf}/gu, '')
  for (const [what, instead] of TELLING) clean = clean.replace(what, instead)
  for (const name of namesToHide(names)) clean = clean.replace(new RegExp(escaped(name), 'giu'), CUSTOMER)
  return clean
}

/** Whole names before their parts, so that no half of one stays. */
function namesToHide(names: readonly string[]): string[] {
  const whole = names.map((name) =>
    name
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .trim()
      .replace(/\s+/g, ' '),
  )
  const parts = whole.flatMap((name) => name.split(/[\s,]+/))
  const hidden = [...whole, ...parts.filter((part) => !COMMON.has(part.toLowerCase()))]
  return [...new Set(hidden)]
    .filter((name) => [...name].length >= SHORTEST_NAME)
    .filter((name) => !CUSTOMER.includes(name.toLowerCase()))
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
}

/** Parts of names that are no names: hiding them would take words out of every sentence. */
const COMMON = new Set(
  'and the for of von van und der die das inc inc. ltd ltd. llc gmbh corp corp. company group services service systems system software solutions cloud data bank international global support'.split(
    ' ',
  ),
)

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '\\s+')
}
