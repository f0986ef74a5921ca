/**
 * The stem under which forms of a word are found: `failing`, `failed`, `fails` are `fail`. Light on purpose: it takes off
 * what English words end in and leaves names, codes and words of other languages nearly whole.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word
  const single = withoutPlural(word)
  for (const [ending, instead] of ENDINGS) {
    if (!single.endsWith(ending)) continue
    const root = single.slice(0, -ending.length)
    if (root.length < 3 || !/[aeiouy]/.test(root)) break
    return plainEnd(root + instead)
  }
  return plainEnd(single)
}

const ENDINGS: [ending: string, instead: string][] = [
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ition', 'it'],
  ['ment', ''],
  ['ness', ''],
  ['ance', ''],
  ['ence', ''],
  ['able', ''],
  ['ible', ''],
  ['ion', ''],
  ['ing', ''],
  ['ure', ''],
  ['ed', ''],
  ['er', ''],
  ['or', ''],
  ['ly', ''],
]

function withoutPlural(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(ss|us|is)$/.test(word)) return word
  if (/(x|ch|sh|ss|zz)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** `stopp` and `stop`, `compile` and `compil`, `retry` and `retri` are one. */
function plainEnd(word: string): string {
  const short = word.replace(/([^aeiouylsz])\1$/, '$1')
  if (short.length > 3 && short.endsWith('e')) return short.slice(0, -1)
  return short.length > 3 && short.endsWith('y') ? `${short.slice(0, -1)}i` : short
}
