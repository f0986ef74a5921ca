import type { RequestHandler } from 'express'
import { Refused } from '../http/refused.ts'
import type { World } from '../world.ts'

export const HELP_CENTER = '/api/v2/help_center'

/** An account without a Help Center has none of its endpoints. */
export function withHelpCenter(world: World): RequestHandler {
  return (_req, _res, next) => {
    if (world.state.account.has_help_center !== false) return next()
    throw new Refused({ status: 404, body: { error: 'InvalidEndpoint', description: 'Not found' } })
  }
}

/** Writes without `.json` are refused as of an unknown type. Source: recorded answers */
export const suffixed: RequestHandler = (req, res, next) => {
  const path = req.originalUrl.split('?')[0]!
  if (req.method === 'GET' || req.method === 'DELETE' || path.endsWith('.json')) return next()
  res.status(415).type('html').send('<html><body><h1>415 Unsupported Media Type</h1></body></html>')
}
