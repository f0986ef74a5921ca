import { DraftRequest, TicketDrafts } from '../../core/contract/article-drafts.ts'
import { SimilarAnswer, SimilarRequest, SimilarResponse } from '../../core/contract/similar.ts'
import { keyOfMessage, MESSAGES } from '../../core/customer/words.ts'
import { TRACKERS } from '../../core/engineering/tracker.ts'
import { Packet } from '../../core/packet/shape.ts'
import { content, type JsonSchema, json, operation, optional, parameter, reference, refusals } from './parts.ts'

/** Schemas of what the sidebar asks beside a ticket's escalation. */
export const SIDEBAR_SCHEMAS = { TicketDrafts, DraftRequest, Packet, SimilarRequest, SimilarResponse, SimilarAnswer }

const TICKET = parameter('id', { type: 'integer', minimum: 1 }, 'The ticket')
const BEHIND_SESSION = { security: [{ proxied: [] }] }

/** What the sidebar asks beside a ticket's escalation, and what trackers send. */
export function sidebarPaths(): Record<string, JsonSchema> {
  return {
    '/api/tickets/{id}/packet': { get: packet() },
    '/api/tickets/{id}/customer-draft': { get: draft() },
    '/api/tickets/{id}/article-drafts': { get: articleDrafts(), post: askForDraft() },
    '/api/similar': { post: similar() },
    '/api/similar/answers': { post: similarAnswer() },
    '/api/reviews/weekly': { get: review('weeklyReview', 'The agenda of the weekly review, as it would be now') },
    '/api/reviews/monthly/{month}': {
      get: {
        ...review('monthlyReview', 'Why tickets were escalated in a month', { 422: 'Not a month' }),
        parameters: [parameter('month', { type: 'string', examples: ['2026-03'] }, 'The month')],
      },
    },
    '/api/reviews/post': { get: review('postReviews', 'Escalations that have ended and call for a review') },
    '/webhooks/engineering/{tracker}': { post: tracker() },
  }
}

function packet(): JsonSchema {
  const named = json('Everything the next people need, in one piece', 'Packet')
  const texts = { 'text/html': { schema: { type: 'string' } }, 'text/markdown': { schema: { type: 'string' } } }
  return {
    ...operation('packet', 'The packet of an escalation, as data, as a page or as Markdown by `accept`', {
      200: { ...named, content: { ...(named.content as object), ...texts } },
      ...refusals({
        401: 'No valid session',
        404: 'The ticket was never escalated',
        406: 'It comes as none of what is accepted',
        422: 'A parameter is not as it must be',
        503: 'Zendesk is away; ask again after Retry-After',
      }),
    }),
    ...BEHIND_SESSION,
    parameters: [
      TICKET,
      optional('query', 'for', { enum: ['receivers', 'executives'], default: 'receivers' }, 'For whom it is written'),
      optional('query', 'internal', { enum: ['yes', 'no'], default: 'no' }, 'With internal comments'),
    ],
  }
}

function draft(): JsonSchema {
  return {
    ...operation('customerDraft', 'What the owner may send to the customer next', {
      200: { description: 'The draft; nothing is sent', content: content({ type: 'object' }) },
      ...refusals({
        401: 'No valid session',
        404: 'The ticket was never escalated',
        422: 'Not a ticket id, or no such message',
        503: 'Zendesk is away; ask again after Retry-After',
      }),
    }),
    ...BEHIND_SESSION,
    parameters: [
      TICKET,
      optional(
        'query',
        'message',
        { enum: MESSAGES.map(keyOfMessage) },
        'This message; the one that is next when left out',
      ),
    ],
  }
}

function articleDrafts(): JsonSchema {
  return {
    ...operation('articleDrafts', 'What the resolution of a ticket gave the Help Center', {
      200: json('Its drafts, and how they stand', 'TicketDrafts'),
      ...refusals({ 401: 'No valid session', 404: 'Nothing was resolved', 422: 'Not a ticket id' }),
    }),
    ...BEHIND_SESSION,
    parameters: [TICKET],
  }
}

function askForDraft(): JsonSchema {
  return {
    ...operation('askForDraft', 'Has a draft written to the Help Center, for agents alone, once', {
      202: json('Its drafts; the new one follows in a moment', 'TicketDrafts'),
      ...refusals({
        401: 'No valid session',
        404: 'Nothing was resolved',
        409: 'The policy does not say where drafts go',
        422: 'Not a ticket id, or no such form',
      }),
    }),
    ...BEHIND_SESSION,
    parameters: [TICKET],
    requestBody: { required: false, content: content(reference('DraftRequest')) },
  }
}

function similar(): JsonSchema {
  return {
    ...operation('similar', 'Past escalations like a note, how they ended, and what they suggest', {
      200: json('The most similar first', 'SimilarResponse'),
      ...refusals({ 401: 'No valid session', 422: 'The note is not as it must be' }),
    }),
    ...BEHIND_SESSION,
    requestBody: { required: true, content: content(reference('SimilarRequest')) },
  }
}

function similarAnswer(): JsonSchema {
  return {
    ...operation('answerSimilar', 'What somebody says of what was shown: not the same, taken, refused', {
      204: { description: 'It is kept; the last word on each holds' },
      ...refusals({ 401: 'No valid session', 422: 'The answer is not as it must be' }),
    }),
    ...BEHIND_SESSION,
    requestBody: { required: true, content: content(reference('SimilarAnswer')) },
  }
}

function review(id: string, summary: string, refused: Record<number, string> = {}): JsonSchema {
  return {
    ...operation(id, summary, {
      200: {
        description: 'To be read; decisions are recorded on the command line',
        content: content({ type: 'object' }),
      },
      ...refusals({ 401: 'No valid session', ...refused }),
    }),
    ...BEHIND_SESSION,
  }
}

function tracker(): JsonSchema {
  const answer = { id: { type: 'string' }, ignored: { type: 'string', description: 'Why nothing came of it' } }
  const told = (description: string) => ({
    description,
    content: content({ type: 'object', properties: answer, required: ['id'] }),
  })
  return {
    ...operation('trackerWebhook', 'A delivery of an issue tracker, signed as that tracker signs', {
      202: told('Stored; the tickets of the issue will be looked at'),
      200: told('Stored before, or nothing that concerns an escalation'),
      ...refusals({
        400: 'Not what the tracker sends',
        401: 'Unsigned, signed with another secret, or too old',
        404: 'No such tracker, or not set up here',
        413: '5 MB or more',
        503: 'Could not be stored; send it again after Retry-After',
      }),
    }),
    description: 'docs/engineering.md says how each tracker is set up and what proves its deliveries.',
    parameters: [parameter('tracker', { enum: TRACKERS }, 'Which tracker')],
    requestBody: { required: true, content: content({ type: 'object' }) },
  }
}
