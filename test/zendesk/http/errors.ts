import type { ErrorRequestHandler, RequestHandler } from 'express'
import { Refused } from './refused.ts'

/** An API path that does not exist. */
export const unknownEndpoint: RequestHandler = (_req, res) => {
  res.status(404).json({ error: 'InvalidEndpoint', description: 'Not found' })
}

/** Turns what was thrown into the answer. What is not a refusal is a fault of this program, and is printed. */
export const sendError: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error)
  if (error instanceof Refused) {
    const { status, headers, body } = error.refusal
    res
      .status(status)
      .set(headers ?? {})
      .json(body)
    return
  }
  const { status, type } = error as { status?: number; type?: string }
  if (type === 'entity.parse.failed') {
    const message = 'The request body is not valid JSON'
    res.status(400).json({ error: { title: 'Invalid JSON', message } })
  } else if (type === 'entity.too.large') {
    res.status(413).type('html').send('<html><body><h1>413 Request Entity Too Large</h1></body></html>')
  } else if (typeof status === 'number' && status < 500) {
    res.status(status).json({ error: 'BadRequest', description: 'The request could not be read' })
  } else {
    console.error(error)
    res.status(500).json({ error: 'InternalError', description: 'The local Zendesk failed; its output says how' })
  }
}
