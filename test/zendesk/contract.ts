import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'

/** One request and its answer, as they went over the wire. */
export type Exchange = { method: string; path: string; request: unknown; status: number; answer: unknown }

type Json = Record<string, unknown>
type Operation = { template: string; pattern: RegExp; operation: Json; method: string }

/** Query parameters that Zendesk takes on many more operations than its description says. */
const COMMON_QUERY =
  /^(page(\[.*\])?|per_page|include|sort|sort_by|sort_order|cursor|start_time|exclude_deleted|support_type_scope|filter.*)$/

/** Where real answers are known to differ from the description: the file forbids what recordings show. */
const KNOWN_DEVIATIONS = [
  // No variant of `User` fits a real user.
  /^\/users?(\/\d+)?$/,
  /^\/users?(\/\d+)?\//,
  // `oneOf` rejects real result arrays.
  /^\/job_status(es\/\d+)?\/results/,
  // Values of tags are arrays.
  /^\/audits?(\/\d+)?\/events\/\d+\/value$/,
  // One ticket's metrics are a record, not a list.
  /^\/ticket_metric$/,
]

/** Operations whose answer is `{}` where the description promises a text. */
const ANSWERS_EMPTY = /^PUT \/api\/v2\/deleted_tickets\/\d+\/restore$/

/**
 * Zendesk's published API description as an oracle.
 *
 * Every property may be null, because real answers are null where the description forbids it; failures are not described.
 */
export function loadContract(file: string) {
  const document = parse(readFileSync(file, 'utf8')) as Json
  const operations = listOperations(document)
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, logger: false, allErrors: true })
  ajv.addSchema(loosen(document) as Json, 'oas')
  const compiled = new Map<string, ValidateFunction>()

  return { check }

  /** What is wrong with an exchange; an operation that is not described is itself a finding. */
  function check(exchange: Exchange): string[] {
    const url = new URL(exchange.path, 'http://zendesk')
    const path = url.pathname.replace(/\.json$/, '')
    const found = operations.find((one) => one.method === exchange.method && one.pattern.test(path))
    if (!found) return [`${exchange.method} ${path} is not described`]
    const { operation } = found
    const findings = unknownQuery(operation, url)
    if (exchange.status >= 400) return findings
    const pointer = `#/paths/${pointerPart(found.template)}/${exchange.method.toLowerCase()}`
    if (operation.requestBody) {
      findings.push(...problems(`${pointer}/requestBody`, operation.requestBody, exchange.request))
    }
    const responses = operation.responses as Record<string, Json>
    // Creating answers 201 where the description of some operations says 200.
    const status = responses[exchange.status] ? exchange.status : 200
    if (!responses[status]) return [...findings, `${exchange.method} ${path}: ${exchange.status} is not described`]
    if (!ANSWERS_EMPTY.test(`${exchange.method} ${path}`)) {
      findings.push(...problems(`${pointer}/responses/${status}`, responses[status], exchange.answer))
    }
    return findings.map((finding) => `${exchange.method} ${path}: ${finding}`)
  }

  function problems(pointer: string, part: unknown, value: unknown): string[] {
    const content = (part as Json).content as Record<string, Json> | undefined
    if (!content?.['application/json']?.schema || value === undefined) return []
    const validate = compile(`oas${pointer}/content/application~1json/schema`)
    if (validate(value)) return []
    return (validate.errors ?? [])
      .filter(({ instancePath }) => !KNOWN_DEVIATIONS.some((known) => known.test(instancePath)))
      .filter(({ message, keyword }) => !(keyword === 'anyOf' || (keyword === 'type' && message === 'must be null')))
      .map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  }

  function compile(ref: string): ValidateFunction {
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref })
    compiled.set(ref, validate)
    return validate
  }

  function unknownQuery(operation: Json, url: URL): string[] {
    const declared = new Set(
      ((operation.parameters ?? []) as Json[]).map((one) => {
        const ref = typeof one.$ref === 'string' ? one.$ref.split('/').at(-1)! : null
        const parameters = (document.components as Json).parameters as Record<string, Json>
        return String(ref ? parameters[ref]?.name : one.name)
      }),
    )
    return [...url.searchParams.keys()]
      .filter((name) => !declared.has(name) && !COMMON_QUERY.test(name))
      .map((name) => `the query parameter ${name} is not described`)
  }
}

export type Contract = ReturnType<typeof loadContract>

/** Passes every call on to `target` and remembers it. */
export async function startRecorder(target: string) {
  const exchanges: Exchange[] = []
  const server = createServer(async (req, res) => {
    const body = await readAll(req)
    const headers = Object.fromEntries(
      Object.entries(req.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
    ) as Record<string, string>
    const { method = 'GET', url = '/' } = req
    const answer = await fetch(target + url, {
      method,
      headers,
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    })
    const text = await answer.text()
    const request = readJson(body.toString('utf8'))
    exchanges.push({ method, path: url, request, status: answer.status, answer: readJson(text) })
    res.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    exchanges,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function listOperations(document: Json): Operation[] {
  const operations = Object.entries(document.paths as Record<string, Json>).flatMap(([template, item]) =>
    Object.entries(item)
      .filter(([method]) => ['get', 'put', 'post', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => {
        const own = ((operation as Json).parameters ?? []) as Json[]
        const merged = { ...(operation as Json), parameters: [...own, ...((item.parameters ?? []) as Json[])] }
        const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`)
        return { template, pattern, operation: merged, method: method.toUpperCase() }
      }),
  )
  // `/tickets/count` before `/tickets/{ticket_id}`.
  return operations.sort((a, b) => a.template.split('{').length - b.template.split('{').length)
}

/** Lets every property be null, and drops what JSON Schema does not know. */
function loosen(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(loosen)
  if (node === null || typeof node !== 'object') return node
  const entries = Object.entries(node)
    .filter(
      ([key, value]) => !(key === 'nullable' || key === 'example' || key === 'examples' || isOldBound(key, value)),
    )
    .map(([key, value]): [string, unknown] => {
      if (key !== 'properties' || value === null || typeof value !== 'object') return [key, loosen(value)]
      const properties = Object.entries(value).map(([name, schema]) => [
        name,
        { anyOf: [{ type: 'null' }, loosen(schema)] },
      ])
      return [key, Object.fromEntries(properties)]
    })
  return Object.fromEntries(entries)
}

function isOldBound(key: string, value: unknown): boolean {
  return /^exclusive(Minimum|Maximum)$/.test(key) && typeof value === 'boolean'
}

function pointerPart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}

async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
