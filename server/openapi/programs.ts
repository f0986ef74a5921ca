import { Stage } from '../../core/contract/api.ts'
import { EscalationStory, EscalationsResponse } from '../../core/contract/escalations.ts'
import { FindSimilarParameters, FindSimilarResult } from '../../core/contract/similar.ts'
import {
  type Action,
  DetermineResult,
  GenerateNotificationParameters,
  GenerateNotificationResult,
  RecommendDeescalationParameters,
  RecommendDeescalationResult,
  TrackProgressParameters,
  TrackProgressResult,
} from '../../core/contract/skill.ts'
import { CalculateMetricsParameters, CalculateMetricsResult } from '../../core/contract/skill-metrics.ts'
import { DetermineParameters } from '../../core/decide/determine.ts'
import { Severity } from '../../core/severity.ts'
import { ANSWERS, PAGE, PARAMETERS } from './examples.ts'
import { content, type JsonSchema, json, operation, optional, parameter, reference, refusals } from './parts.ts'

/** Schemas of what programs ask with a key. */
export const PROGRAM_SCHEMAS = {
  DetermineParameters,
  DetermineResult,
  GenerateNotificationParameters,
  GenerateNotificationResult,
  TrackProgressParameters,
  TrackProgressResult,
  CalculateMetricsParameters,
  CalculateMetricsResult,
  RecommendDeescalationParameters,
  RecommendDeescalationResult,
  EscalationsResponse,
  EscalationStory,
  FindSimilarParameters,
  FindSimilarResult,
}

type SchemaName = keyof typeof PROGRAM_SCHEMAS

/** The part of the document below `/api/v1`. */
export function programPaths(): JsonSchema {
  return {
    '/api/v1/skill/determine-escalation': {
      post: action('determine-escalation', 'Which tier and queue the policy gives an issue, and why', {
        ...{ parameters: 'DetermineParameters', answer: 'DetermineResult', scope: 'read' },
        refused: {},
      }),
    },
    '/api/v1/skill/generate-notification': {
      post: action('generate-notification', 'What a notice would say to whom; with `send`, also sends it', {
        ...{ parameters: 'GenerateNotificationParameters', answer: 'GenerateNotificationResult' },
        scope: 'read, and write to send',
        refused: { ...NOT_FOUND, 409: 'Nothing of the kind has happened, or nobody can be told', ...ZENDESK },
        isRepeatable: true,
      }),
    },
    '/api/v1/skill/track-progress': {
      post: action('track-progress', 'Writes a report of progress into the ticket, under the name of the key', {
        ...{ parameters: 'TrackProgressParameters', answer: 'TrackProgressResult', scope: 'write' },
        refused: {
          ...NOT_FOUND,
          409: 'The escalation is over or nobody has accepted it, the ticket is closed, or the same request is under way',
          ...ZENDESK,
        },
        isRepeatable: true,
      }),
    },
    '/api/v1/skill/calculate-metrics': {
      post: action('calculate-metrics', 'Metrics of escalations by dimensions, each with its definition', {
        ...{ parameters: 'CalculateMetricsParameters', answer: 'CalculateMetricsResult', scope: 'read' },
        refused: {},
      }),
    },
    '/api/v1/skill/recommend-deescalation': {
      post: action('recommend-deescalation', 'Whether an escalation can go back, and what is missing', {
        ...{ parameters: 'RecommendDeescalationParameters', answer: 'RecommendDeescalationResult', scope: 'read' },
        refused: { ...NOT_FOUND, 409: 'It is over already' },
      }),
    },
    '/api/v1/find-similar': {
      post: {
        ...operation('findSimilar', 'Past escalations like a problem, how they ended, and what they suggest', {
          200: json('The most similar first', 'FindSimilarResult'),
          ...refusals({ ...KEY, 400: 'Not JSON', 413: 'More than 256 kB', 422: 'Something is not as it must be' }),
        }),
        description: 'Scope: read.',
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: content(reference('FindSimilarParameters'), { sso: { summary: 'SAML login fails' } }),
        },
      },
    },
    '/api/v1/escalations': {
      get: {
        ...reading('listEscalations', 'Escalations, newest first', {
          200: json('A page of them', 'EscalationsResponse', { page: PAGE }),
          ...refusals({ ...KEY, 422: 'A parameter is not as it must be' }),
        }),
        parameters: filters(),
      },
    },
    '/api/v1/escalations/{id}': {
      get: {
        ...reading('getEscalation', 'All there is to say of one: note, decision with its trace, clocks, timeline', {
          200: json('The escalation', 'EscalationStory'),
          ...refusals({ ...KEY, ...NOT_FOUND, 422: 'Not an id' }),
        }),
        parameters: [parameter('id', { type: 'string', examples: ['ESC-2026-000123', 'ESC-2026-123'] }, 'Its id')],
      },
    },
    '/api/v1/tickets/{id}/escalation': {
      get: {
        ...reading('getEscalationOfTicket', 'The open escalation of a ticket, or the last one', {
          200: json('The escalation', 'EscalationStory'),
          ...refusals({ ...KEY, 404: 'The ticket was never escalated', 422: 'Not a ticket id' }),
        }),
        parameters: [parameter('id', { type: 'integer', minimum: 1 }, 'The ticket')],
      },
    },
  }
}

export const KEY_SCHEME: JsonSchema = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'baton_…',
  description: 'A key of `baton keys create`, with the scope `read`, `write` or both.',
}

const KEY = {
  401: 'No key, or one that is unknown, revoked or expired',
  403: 'The key lacks the scope',
  429: 'The key asks too often; ask again after Retry-After',
}
const NOT_FOUND = { 404: 'No such escalation' }
const ZENDESK = { 502: 'Zendesk refuses it', 503: 'Zendesk is away; ask again after Retry-After' }

type Described = {
  parameters: SchemaName
  answer: SchemaName
  scope: string
  refused: Record<number, string>
  isRepeatable?: boolean
}

function action(name: Action, summary: string, described: Described): JsonSchema {
  const { parameters, answer, scope, refused, isRepeatable = false } = described
  const bare = PARAMETERS[name]
  const wrapped = { skill: 'escalation-workflow', action: name, parameters: bare }
  const answered = name in ANSWERS ? { answer: ANSWERS[name as keyof typeof ANSWERS] } : {}
  const once = 'Makes repeats of the same request one; 1 to 200 visible characters'
  return {
    ...operation(camelCase(name), summary, {
      200: json('The answer', answer, answered),
      ...refusals({
        ...{ ...KEY, 400: 'Not JSON', 413: 'More than 256 kB' },
        422: 'Something is not as it must be; `details` name the places within the parameters',
        ...refused,
      }),
    }),
    description: `Scope: ${scope}.`,
    security: [{ key: [] }],
    ...(isRepeatable && { parameters: [optional('header', 'Idempotency-Key', { type: 'string' }, once)] }),
    requestBody: {
      required: true,
      description: 'The parameters, bare or in the wrapper of the escalation skill.',
      content: content({ anyOf: [reference(parameters), wrapperOf(name, parameters)] }, { bare, wrapped }),
    },
  }
}

function wrapperOf(name: Action, parameters: SchemaName): JsonSchema {
  return {
    type: 'object',
    properties: {
      skill: { const: 'escalation-workflow' },
      action: { const: name },
      parameters: reference(parameters),
    },
    required: ['action', 'parameters'],
    additionalProperties: false,
  }
}

function reading(operationId: string, summary: string, responses: Record<string, unknown>): JsonSchema {
  return { ...operation(operationId, summary, responses), description: 'Scope: read.', security: [{ key: [] }] }
}

function filters(): JsonSchema[] {
  const list = (items: JsonSchema) => ({ type: 'array', items })
  const several = (name: string, items: JsonSchema, description: string) => ({
    ...optional('query', name, list(items), `${description}; several with commas`),
    ...{ style: 'form', explode: false },
  })
  const instant = { type: 'string', format: 'date-time' }
  return [
    several('stage', { enum: Stage.options }, 'In one of these stages'),
    optional('query', 'open', { enum: ['true', 'false'] }, 'Open ones alone, or those alone that are over'),
    several('tier', { enum: ['1', '2', '3', '4'] }, 'With one of these tiers'),
    several('queue', { type: 'string' }, 'With one of these queues, by their ids in the policy'),
    several('severity', { enum: Severity.options }, 'Of one of these severities'),
    optional('query', 'ticketId', { type: 'integer', minimum: 1 }, 'Of this ticket'),
    optional('query', 'requestedFrom', instant, 'Asked for at that instant or later'),
    optional('query', 'requestedTo', instant, 'Asked for before that instant'),
    optional('query', 'limit', { type: 'integer', minimum: 1, maximum: 100, default: 25 }, 'So many at most'),
    optional('query', 'cursor', { type: 'string' }, '`nextCursor` of the answer before'),
  ]
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
