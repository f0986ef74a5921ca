import type { Response } from 'express'

/** An answer that refuses, in Zendesk's words. Source: shapes recorded from real accounts, 401 to 422. */
export type Refusal = { status: number; body: Record<string, unknown>; headers?: Record<string, string> }

/** No or wrong credentials. */
export const notAuthenticated: Refusal = { status: 401, body: { error: "Couldn't authenticate you" } }

/** A bearer token that is unknown, revoked or past its time. */
export const invalidToken: Refusal = {
  status: 401,
  body: {
    error: 'invalid_token',
    error_description: 'The access token provided is expired, revoked, malformed or invalid for other reasons.',
  },
}

/** The caller's role or plan does not allow it. */
export const forbidden: Refusal = {
  status: 403,
  body: {
    error: {
      title: 'Forbidden',
      message:
        'You do not have access to this page. Please contact the account owner of this help desk for further help.',
    },
  },
}

export const recordNotFound: Refusal = { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } }

/** A token whose scopes do not reach this far. */
export function missingScopes(scopes: string[]): Refusal {
  return {
    status: 403,
    body: {
      error: 'Forbidden',
      description: `You are missing the following required scopes: ${scopes.join(', ')}`,
    },
  }
}

/**
 * A record that fails validation; the whole write is refused.
 *
 * @param details messages by field; `base` for those that belong to no single field
 */
export function recordInvalid(details: Record<string, string[]>): Refusal {
  const entries = Object.entries(details).map(([field, messages]) => [
    field,
    messages.map((description) => ({ description })),
  ])
  return {
    status: 422,
    body: {
      error: 'RecordInvalid',
      description: 'Record validation errors',
      details: Object.fromEntries(entries),
    },
  }
}

/** A path or body parameter of the wrong type. */
export function invalidAttribute(message: string): Refusal {
  return { status: 400, body: { error: { title: 'Invalid attribute', message } } }
}

/** Sends a refusal. */
export function refuse(res: Response, refusal: Refusal): void {
  for (const [name, value] of Object.entries(refusal.headers ?? {})) res.setHeader(name, value)
  res.status(refusal.status).json(refusal.body)
}
