import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { ZodError } from 'zod'
import type { ApiError } from '../../core/contract/api.ts'
import { isAway } from '../db/is-away.ts'
import { InboxUnavailable } from '../inbox/inbox.ts'
import { Refusal } from './refusal.ts'

/** Answers what no route answered. */
export const notFound: RequestHandler = (req, res) => {
  res
    .status(404)
    .json({ error: 'not-found', message: `There is no ${req.method} ${req.path} here.` } satisfies ApiError)
}

/** Turns every thrown error into `{ error, message }`; what we did not foresee is logged and told as `internal`. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error)
    const { status, retryAfter, ...body } = toAnswer(error)
    if (status >= 500) log.error({ event: 'http.failed', method: req.method, path: req.path, status, err: error })
    if (retryAfter) res.set('retry-after', retryAfter)
    res.status(status).json(body satisfies ApiError)
  }
}

type Answer = ApiError & { status: number; retryAfter?: string }

function toAnswer(error: unknown): Answer {
  if (error instanceof Refusal) {
    const { status, error: word, message, details } = error
    return { status, error: word, message, ...(details ? { details } : {}) }
  }
  if (error instanceof ZodError) {
    const details = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    return { status: 422, error: 'invalid', message: 'Some values are not as they must be.', details }
  }
  const { status, type } = error as { status?: number; type?: string }
  if (type === 'entity.too.large') return { status: 413, error: 'too-large', message: 'The body is too large.' }
  if (error instanceof SyntaxError)
    return { status: 400, error: 'invalid-json', message: 'The body is not valid JSON.' }
  if (status !== undefined && status >= 400 && status < 500) {
    return { status, error: 'bad-request', message: 'The request cannot be read.' }
  }
  if (error instanceof InboxUnavailable || isAway(error)) {
    const message = 'The database does not answer; try again in a few seconds.'
    return { status: 503, error: 'unavailable', message, retryAfter: '5' }
  }
  return { status: 500, error: 'internal', message: 'Something went wrong on our side; the log has it.' }
}
