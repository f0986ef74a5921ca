/**
 * Splits a text into pieces of at most `limit` characters each, at line ends where it can, else between words, else
 * between characters. Put together again (with the line ends between) they are the text: nothing is cut away.
 *
 * @param weigh length of a text as it will be written, when escaping makes it longer
 */
export function splitText(
  text: string,
  limit: number,
  weigh: (text: string) => number = (one) => one.length,
): string[] {
  const pieces: string[] = []
  let piece: string | null = null
  for (const line of text.split('\n').flatMap((one) => splitLine(one, limit, weigh))) {
    const longer: string = piece === null ? line : `${piece}\n${line}`
    if (weigh(longer) <= limit) piece = longer
    else {
      if (piece !== null) pieces.push(piece)
      piece = line
    }
  }
  if (piece !== null) pieces.push(piece)
  return pieces
}

function splitLine(line: string, limit: number, weigh: (text: string) => number): string[] {
  if (weigh(line) <= limit) return [line]
  const parts: string[] = []
  let part = ''
  let weight = 0
  for (const character of line) {
    const more = weigh(character)
    if (weight + more > limit) {
      const space = part.lastIndexOf(' ')
      // Words stay whole unless one is longer than half a piece.
      const end = space > part.length / 2 ? space + 1 : part.length
      parts.push(part.slice(0, end))
      part = part.slice(end)
      weight = weigh(part)
    }
    part += character
    weight += more
  }
  parts.push(part)
  return parts
}
