import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { Router } from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKeys } from '../../../server/http/api-keys.ts'
import { createApp } from '../../../server/http/app.ts'
import { PARAMETERS } from '../../../server/openapi/examples.ts'
import { routersOf } from '../../../server/start.ts'
import { aNote } from '../../support/notes.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { accepted } from '../skill/a-bot.ts'

type Media = { schema?: object; examples?: Record<string, { value: unknown }> }
type Operation = {
  responses: Record<string, { content?: Record<string, Media> }>
  requestBody?: { content: Record<string, Media> }
  security?: Record<string, unknown>[]
}
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } }

let world: TestWorld
let document: Document
let key: string
let one: { ticketId: number; id: string }

beforeAll(async () => {
  world = await startWorld()
  const { context } = world
  const wanted = { name: 'reader', scopes: ['read', 'write'] as const, expiresAt: null }
  key = (await createApiKeys(context).create(context.account.id, wanted)).text
  document = (await (await fetch(`${world.baton.url}/openapi.json`)).json()) as Document
  one = await accepted(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const ajv = addFormats.default(new Ajv2020.default({ strict: false }))

/** A schema of the document with everything it refers to. */
function compile(schema: object): ValidateFunction {
  const { schemas } = document.components
  return ajv.compile(
    JSON.parse(JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/')),
  )
}

const operations = (): { name: string; operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )

type Try = { path: string; body?: unknown; headers?: Record<string, string>; status: number }

const json = { accept: 'application/json' }
const unknown = 'ESC-2026-999999'

/** At least one request for each operation of the document, with the status it is answered with. */
const TRIES: Record<string, () => Try[]> = {
  'POST /api/decide': () => [
    { path: '/api/decide', body: { ticketId: one.ticketId, note: aNote() }, status: 200 },
    { path: '/api/decide', body: { ticketId: 987_654, note: aNote() }, status: 404 },
    { path: '/api/decide', body: {}, status: 422 },
  ],
  'GET /api/tickets/{id}/escalation': () => [
    { path: `/api/tickets/${one.ticketId}/escalation`, status: 200 },
    { path: '/api/tickets/abc/escalation', status: 422 },
  ],
  'GET /api/tickets/{id}/clocks/{clockId}': () => [
    { path: `/api/tickets/${one.ticketId}/clocks/customer`, status: 200 },
    { path: `/api/tickets/${one.ticketId}/clocks/none`, status: 404 },
  ],
  'POST /api/v1/skill/determine-escalation': () => action('determine-escalation', 200, {}),
  'POST /api/v1/skill/generate-notification': () => [
    ...action('generate-notification', 200, { escalation_id: one.id }),
    ...action('generate-notification', 404, { escalation_id: unknown }),
    ...action('generate-notification', 409, { escalation_id: one.id, notification_type: 'resolved' }),
    ...action('generate-notification', 422, { escalation_id: 'nonsense' }),
  ],
  'POST /api/v1/skill/track-progress': () => [
    ...action('track-progress', 200, { escalation_id: one.id, update: { next_steps: 'Look on' } }),
    ...action('track-progress', 404, { escalation_id: unknown }),
    ...action('track-progress', 422, { escalation_id: one.id, update: {} }),
  ],
  'POST /api/v1/skill/calculate-metrics': () => [
    ...action('calculate-metrics', 200, {}),
    ...action('calculate-metrics', 422, { date_range: { start: '2026-03-31', end: '2026-03-01' } }),
  ],
  'POST /api/v1/skill/recommend-deescalation': () => [
    ...action('recommend-deescalation', 200, { escalation_id: one.id }),
    ...action('recommend-deescalation', 404, { escalation_id: unknown }),
  ],
  'POST /api/v1/find-similar': () => [
    { path: '/api/v1/find-similar', body: { summary: 'SAML login fails' }, status: 200 },
    { path: '/api/v1/find-similar', body: { limit: 0 }, status: 422 },
  ],
  'GET /api/v1/escalations': () => [
    { path: '/api/v1/escalations?open=true&limit=5', status: 200 },
    { path: '/api/v1/escalations?limit=0', status: 422 },
    { path: '/api/v1/escalations', headers: { authorization: 'Bearer baton_1_x' }, status: 401 },
  ],
  'GET /api/v1/escalations/{id}': () => [
    { path: `/api/v1/escalations/${one.id}`, status: 200 },
    { path: `/api/v1/escalations/${unknown}`, status: 404 },
    { path: '/api/v1/escalations/nonsense', status: 422 },
  ],
  'GET /api/v1/tickets/{id}/escalation': () => [
    { path: `/api/v1/tickets/${one.ticketId}/escalation`, status: 200 },
    { path: '/api/v1/tickets/987654/escalation', status: 404 },
  ],
  'GET /api/tickets/{id}/packet': () => [
    { path: `/api/tickets/${one.ticketId}/packet`, status: 200 },
    { path: `/api/tickets/${one.ticketId}/packet?for=everybody`, status: 422 },
  ],
  'GET /api/tickets/{id}/customer-draft': () => [
    { path: `/api/tickets/${one.ticketId}/customer-draft`, status: 200 },
    { path: `/api/tickets/${one.ticketId}/customer-draft?message=nonsense`, status: 422 },
  ],
  'GET /api/tickets/{id}/article-drafts': () => [
    { path: `/api/tickets/${one.ticketId}/article-drafts`, status: 404 },
    { path: '/api/tickets/abc/article-drafts', status: 422 },
  ],
  'POST /api/tickets/{id}/article-drafts': () => [
    { path: `/api/tickets/${one.ticketId}/article-drafts`, body: { form: 'article' }, status: 404 },
    { path: `/api/tickets/${one.ticketId}/article-drafts`, body: { form: 'poem' }, status: 422 },
  ],
  'POST /api/similar': () => [
    { path: '/api/similar', body: { ticketId: one.ticketId, note: aNote() }, status: 200 },
    { path: '/api/similar', body: {}, status: 422 },
  ],
  'POST /api/similar/answers': () => [
    { path: '/api/similar/answers', body: { ticketId: 1, answer: 'not-same', escalationId: unknown }, status: 204 },
    { path: '/api/similar/answers', body: { ticketId: 1, answer: 'perhaps' }, status: 422 },
  ],
  'GET /api/reviews/weekly': () => [{ path: '/api/reviews/weekly', status: 200 }],
  'GET /api/reviews/monthly/{month}': () => [
    { path: '/api/reviews/monthly/2026-03', status: 200 },
    { path: '/api/reviews/monthly/2026-13', status: 422 },
  ],
  'GET /api/reviews/post': () => [{ path: '/api/reviews/post', status: 200 }],
  'POST /webhooks/engineering/{tracker}': () => [
    { path: '/webhooks/engineering/github', body: {}, status: 404 },
    { path: '/webhooks/engineering/nonsense', body: {}, status: 404 },
  ],
  'POST /webhooks/zendesk/{account}': () => [{ path: '/webhooks/zendesk/northwind', body: {}, status: 401 }],
  'GET /healthz': () => [{ path: '/healthz', status: 200 }],
  'GET /readyz': () => [{ path: '/readyz', status: 200 }],
  'GET /health': () => [{ path: '/health', headers: json, status: 200 }],
  'GET /metrics': () => [{ path: '/metrics', status: 200 }],
  'GET /openapi.json': () => [{ path: '/openapi.json', status: 200 }],
}

function action(name: keyof typeof PARAMETERS, status: number, changes: object): Try[] {
  return [{ path: `/api/v1/skill/${name}`, body: { ...PARAMETERS[name], ...changes }, status }]
}

async function ask(operation: Operation, method: string, { path, body, headers }: Try): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
  const isOfKey = operation.security?.some((scheme) => 'key' in scheme)
  if (operation.security?.some((scheme) => 'proxied' in scheme)) return world.ask(path, init)
  const authorization = isOfKey ? { authorization: `Bearer ${key}` } : {}
  return fetch(world.baton.url + path, { ...init, headers: { ...authorization, ...init.headers } as HeadersInit })
}

describe('the OpenAPI document', () => {
  it('describes operations that all answer, as it says they answer', async () => {
    for (const { name, operation } of operations()) {
      const tries = TRIES[name]
      expect(tries, `${name} is in the document and is not tried`).toBeDefined()
      for (const one of tries!()) {
        const answer = await ask(operation, name.split(' ')[0]!, one)
        const text = await answer.text()
        const told = `${name} ${one.path}: ${answer.status} ${text.slice(0, 400)}`
        expect(answer.status, told).toBe(one.status)
        const described = operation.responses[answer.status]
        expect(described, `${told} is not in the document`).toBeDefined()
        const type = (answer.headers.get('content-type') ?? '').split(';')[0]!
        const schema = described!.content?.[type]?.schema
        if (type !== 'application/json' || !schema) continue
        const isValid = compile(schema)
        expect(isValid(JSON.parse(text)), `${told}\n${JSON.stringify(isValid.errors, null, 1)}`).toBe(true)
      }
    }
  })

  it('has every route that is mounted, and none besides', () => {
    const { context } = world
    const { api, bots } = routersOf(context)
    // What programs ask is mounted below /api/v1; express does not tell where a router is mounted.
    const none = Router()
    // What the page asks is its own affair.
    const app = createApp({ ...context, api, bots: none, desk: none, apiKeys: createApiKeys(context) })
    const mounted = [...routesOf(app.router), ...routesOf(bots).map((route) => route.replace(' ', ' /api/v1'))]
    expect(mounted.toSorted()).toEqual(
      operations()
        .map(({ name }) => name)
        .toSorted(),
    )
  })

  it('gives examples that fit its schemas, for every action bare and wrapped', () => {
    let count = 0
    for (const { name, operation } of operations()) {
      const media = [
        ...Object.values(operation.requestBody?.content ?? {}),
        ...Object.values(operation.responses).flatMap(({ content = {} }) => Object.values(content)),
      ]
      for (const { schema, examples = {} } of media) {
        for (const [title, { value }] of Object.entries(examples)) {
          const isValid = compile(schema!)
          expect(isValid(value), `${name} ${title}: ${JSON.stringify(isValid.errors)}`).toBe(true)
          count++
        }
      }
    }
    expect(count).toBeGreaterThanOrEqual(15)
  })
})

type Layer = { route?: { path: string; stack: { method: string }[] }; handle: { stack?: Layer[] } }

/** `GET /api/tickets/{id}/escalation`, of a router and of all that are within it. */
function routesOf({ stack }: Router | { stack: Layer[] }): string[] {
  return (stack as unknown as Layer[]).flatMap(({ route, handle }) => {
    if (!route) return handle.stack ? routesOf({ stack: handle.stack }) : []
    const methods = [...new Set(route.stack.map(({ method }) => method.toUpperCase()))]
    return methods.map((method) => `${method} ${route.path.replace(/[:*](\w+)/g, '{$1}')}`)
  })
}
