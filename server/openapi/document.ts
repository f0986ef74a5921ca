import {
  ApiError,
  ClockExplanation,
  DecideRequest,
  DecideResponse,
  EscalationResponse,
} from '../../core/contract/api.ts'
import { WebhookBody } from '../inbox/delivery.ts'
import { Health, Ready } from './health.ts'
import { content, type JsonSchema, json, operation, parameter, refusals, text, toSchema } from './parts.ts'
import { KEY_SCHEME, PROGRAM_SCHEMAS, programPaths } from './programs.ts'
import { SIDEBAR_SCHEMAS, sidebarPaths } from './sidebar.ts'

const SCHEMAS = {
  DecideRequest,
  DecideResponse,
  EscalationResponse,
  ClockExplanation,
  ApiError,
  WebhookBody,
  ...PROGRAM_SCHEMAS,
  ...SIDEBAR_SCHEMAS,
}

/** The OpenAPI 3.1 document of our own HTTP API, made from the schemas the routes parse with. */
export function openApiDocument(publicUrl: string): JsonSchema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Baton',
      version: '1',
      description:
        'Escalations on Zendesk: what the sidebar and programs ask, what Zendesk sends, and what an operator watches.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    paths: {
      '/api/decide': { post: decide() },
      '/api/tickets/{id}/escalation': { get: escalation() },
      '/api/tickets/{id}/clocks/{clockId}': { get: clock() },
      ...sidebarPaths(),
      ...programPaths(),
      '/webhooks/zendesk/{account}': { post: webhook() },
      '/healthz': { get: operation('isAlive', 'Whether the process answers', { 200: text('It does') }) },
      '/readyz': { get: operation('isReady', 'Whether it can take work', readiness()) },
      '/health': {
        get: operation('health', 'How everything is, for people as a page, for programs as JSON', healthy()),
      },
      '/metrics': { get: operation('metrics', 'Metrics for Prometheus', { 200: text('Metrics') }) },
      '/openapi.json': { get: operation('openApi', 'This document', { 200: { description: 'This document' } }) },
    },
    components: {
      schemas: { ...Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, toSchema(schema)])) },
      securitySchemes: {
        key: KEY_SCHEME,
        proxied: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            "HS256, signed by Zendesk's app proxy with the account's shared secret: `iss` the subdomain, `aud` " +
            '`baton`, `exp` at most five minutes ahead. It proves the account, not the person.',
        },
        webhookSignature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Zendesk-Webhook-Signature',
          description: 'Base64 of HMAC-SHA256 over X-Zendesk-Webhook-Signature-Timestamp and the raw body.',
        },
      },
    },
  }
}

function decide(): JsonSchema {
  return {
    ...operation('decide', 'What the policy would answer to a note', {
      200: json('The decision with its trace', 'DecideResponse'),
      ...refusals({
        401: 'No valid session',
        404: 'No such ticket',
        422: 'The note is not as it must be',
        503: 'Away',
      }),
    }),
    security: [{ proxied: [] }],
    requestBody: { required: true, ...json('A ticket and a note', 'DecideRequest') },
  }
}

function escalation(): JsonSchema {
  return {
    ...operation('escalation', 'Where a ticket stands, and what its note form needs', {
      200: json('The form, the escalation and its story', 'EscalationResponse'),
      ...refusals({ 401: 'No valid session', 404: 'No such ticket', 422: 'Not a ticket id', 503: 'Away' }),
    }),
    security: [{ proxied: [] }],
    parameters: [parameter('id', { type: 'integer', minimum: 1 }, 'The ticket')],
  }
}

function clock(): JsonSchema {
  return {
    ...operation('clock', "Why a clock's deadline is when it is", {
      200: json('Every stretch that was counted or not, in data and in one sentence', 'ClockExplanation'),
      ...refusals({ 401: 'No valid session', 404: 'No such clock', 422: 'Not a ticket id', 503: 'Away' }),
    }),
    security: [{ proxied: [] }],
    parameters: [
      parameter('id', { type: 'integer', minimum: 1 }, 'The ticket'),
      parameter('clockId', { type: 'string' }, 'As the escalation names it, slashes written as %2F'),
      {
        ...parameter('language', { type: 'string', examples: ['de'] }, 'Of the sentence; English when left out'),
        ...{ in: 'query', required: false },
      },
    ],
  }
}

function webhook(): JsonSchema {
  const stored = (description: string) => ({
    description,
    content: content({ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }),
  })
  return {
    ...operation('webhook', "A delivery of Baton's trigger", {
      202: stored('Stored; the ticket will be looked at'),
      200: stored('Stored before; nothing was done'),
      ...refusals({
        400: 'Signed, but not what our trigger sends; nothing was stored',
        401: 'Unsigned, signed with another secret or with the published test secret, or too old',
        413: '1 MB or more',
        503: 'Could not be stored; send it again after Retry-After',
      }),
    }),
    security: [{ webhookSignature: [] }],
    parameters: [parameter('account', { type: 'string' }, 'The subdomain')],
    requestBody: { required: true, ...json('Ids only', 'WebhookBody') },
  }
}

function readiness(): Record<string, unknown> {
  const parts = { content: content(toSchema(Ready)) }
  return { 200: { description: 'It can', ...parts }, 503: { description: 'A part it needs is away', ...parts } }
}

function healthy(): Record<string, unknown> {
  const parts = { content: { ...content(toSchema(Health)), 'text/html': { schema: { type: 'string' } } } }
  return {
    200: { description: 'Counts, ages and ids of escalations', ...parts },
    503: { description: 'The database is away', ...parts },
  }
}
