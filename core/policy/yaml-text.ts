import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { formatPath, type Path, type PolicyProblem } from './problems.ts'

export type Place = { line: number; column: number }

/** A YAML document as plain values, which still knows where everything was written. */
export type YamlText = {
  value: unknown
  /** Where a value stands, or the nearest thing around it. */
  locate(path: Path): Place
  /** Where a key stands, or the value it would stand in. */
  locateKey(path: Path): Place
  has(path: Path): boolean
}

export type YamlReading = ({ ok: true } & YamlText) | { ok: false; problems: PolicyProblem[] }

const MAX_CHARACTERS = 256 * 1024
const MAX_DEPTH = 40
/** Counted with every alias written out, which is what stops an alias bomb. */
const MAX_NODES = 50_000
const MAX_PROBLEMS = 50

/**
 * Reads one YAML 1.2 document. Never throws and always ends: size, depth and the number of values have limits, which
 * are problems like any other.
 */
export function readYaml(text: string): YamlReading {
  const refuse = (message: string, place: Place = { line: 1, column: 1 }): YamlReading => ({
    ok: false,
    problems: [{ ...place, path: '', message, meant: null }],
  })
  if (text.length > MAX_CHARACTERS) {
    return refuse(`The document has ${text.length} characters; a policy has at most ${MAX_CHARACTERS}`)
  }
  const tooDeep = tooDeepAt(text)
  if (tooDeep) return refuse(`Nested more than ${MAX_DEPTH} levels deep`, tooDeep)
  const lines = new LineCounter()
  let documents: Document[]
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      stringKeys: true,
      logLevel: 'silent',
    })
    documents = Array.isArray(parsed) ? parsed : []
  } catch {
    return refuse('This is not readable as YAML')
  }
  const document = documents[0]
  if (!document) return refuse('The document is empty; a policy begins with "escalation:"')
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return {
      ok: false,
      problems: faults.slice(0, MAX_PROBLEMS).map((fault) => ({
        ...placeAt(lines, fault.pos[0]),
        path: '',
        message: PLAIN_WORDS[fault.code] ?? sentence(fault.message),
        meant: null,
      })),
    }
  }
  const second = documents[1]
  if (second)
    return refuse(
      'A second document begins here; a policy is one document',
      placeAt(lines, second.contents?.range?.[0] ?? second.range?.[0] ?? 0),
    )
  if (document.contents === null) return refuse('The document is empty; a policy begins with "escalation:"')
  return valuesOf(document, lines)
}

const PLAIN_WORDS: Record<string, string> = {
  TAB_AS_INDENT: 'A tab is used for indentation; YAML wants spaces',
  BAD_INDENT: 'The indentation does not fit the lines above',
  BAD_ALIAS: 'This alias names an anchor that does not exist',
  NON_STRING_KEY: 'A key must be a text',
  TAG_RESOLVE_FAILED: 'Tags such as !!js or !custom have no place in a policy',
  MULTILINE_IMPLICIT_KEY: 'A key must be on one line; is a colon, a quote or a bracket missing?',
}

function sentence(message: string): string {
  const first = message.split('\n')[0]!.trim()
  return first.charAt(0).toUpperCase() + first.slice(1)
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

/** What makes the parser recurse without indentation (`[[[[`, `- - - -`) is counted before it runs. */
function tooDeepAt(text: string): Place | null {
  let line = 1
  let lineStart = 0
  let depth = 0
  let openers = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '\n') {
      line++
      lineStart = index + 1
      openers = 0
    } else if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    else if ((character === '-' || character === '?') && text[index + 1] === ' ') openers++
    else if (character !== ' ') openers = 0
    if (depth > 5 * MAX_DEPTH || openers > 5 * MAX_DEPTH) return { line, column: index - lineStart + 1 }
  }
  return null
}

function valuesOf(document: Document, lines: LineCounter): YamlReading {
  const places = new Map<string, { key: Place | null; value: Place }>()
  const problems: PolicyProblem[] = []
  const open = new Set<Node>()
  // The library searches the whole document for every alias, which takes minutes for a file made of them.
  const anchors = new Map<string, Node>()
  const targets = new Map<Node, Node>()
  let count = 0

  const value = read(document.contents as Node, [], null)
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) }
  return {
    ok: true,
    value,
    locate: (path) => around(path).value,
    locateKey: (path) => {
      const place = around(path)
      return place.key ?? place.value
    },
    has: (path) => places.has(formatPath(path)),
  }

  function around(path: Path): { key: Place | null; value: Place } {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(formatPath(path.slice(0, length)))
      if (place) return place
    }
    return places.get('') ?? { key: null, value: { line: 1, column: 1 } }
  }

  function report(place: Place, path: Path, message: string): undefined {
    problems.push({ ...place, path: formatPath(path), message, meant: null })
    return undefined
  }

  function read(node: Node | null, path: Path, key: Place | null): unknown {
    const start = node?.range ? placeAt(lines, node.range[0]) : (key ?? { line: 1, column: 1 })
    const isEmpty = !node || (isScalar(node) && node.value === null && (node.source ?? '') === '')
    const place = isEmpty && key ? key : start
    places.set(formatPath(path), { key, value: place })
    if (++count > MAX_NODES) {
      if (count === MAX_NODES + 1) report(place, path, `More than ${MAX_NODES} values once aliases are written out`)
      return null
    }
    if (path.length > MAX_DEPTH) return report(place, path, `Nested more than ${MAX_DEPTH} levels deep`)
    if (node === null) return null
    if (isAlias(node)) {
      const target = targets.get(node) ?? anchors.get(node.source)
      if (!target) return report(place, path, PLAIN_WORDS.BAD_ALIAS!)
      targets.set(node, target)
      if (open.has(target)) return report(place, path, 'This alias contains itself')
      return within(target, () => read(target, path, key))
    }
    if ('anchor' in node && node.anchor) anchors.set(node.anchor, node)
    return within(node, () => {
      if (isMap(node)) return readMap(node, path)
      if (isSeq(node)) return node.items.map((item, index) => read(item as Node | null, [...path, index], null))
      if (!isScalar(node)) return null
      if (typeof node.value === 'number' && !Number.isFinite(node.value))
        return report(place, path, 'Not a usable number')
      if (typeof node.value === 'bigint') return Number(node.value)
      return node.value
    })
  }

  function within<T>(node: Node, work: () => T): T {
    open.add(node)
    const result = work()
    open.delete(node)
    return result
  }

  function readMap(node: Node & { items: { key: unknown; value: unknown }[] }, path: Path): unknown {
    const result: Record<string, unknown> = {}
    for (const { key: keyNode, value: valueNode } of node.items) {
      const place = keyOf(keyNode, node)
      const key = isScalar(keyNode) ? String(keyNode.value) : null
      if (key === null || key === '__proto__') {
        report(place, path, 'A key must be a text')
      } else if (Object.hasOwn(result, key)) {
        report(place, [...path, key], `The key "${key}" is given twice`)
      } else {
        result[key] = read(valueNode as Node | null, [...path, key], place)
      }
      if (problems.length > MAX_PROBLEMS) break
    }
    return result
  }

  function keyOf(keyNode: unknown, map: Node): Place {
    const range = (keyNode as Node | null)?.range ?? map.range
    return range ? placeAt(lines, range[0]) : { line: 1, column: 1 }
  }
}
