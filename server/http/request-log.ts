import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Metrics } from '../metrics.ts'

/** One line per request, without its body, query or headers, and one observation under the route's pattern. */
export function logRequests(log: Logger, metrics: Pick<Metrics, 'requestSeconds'>): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now()
    res.once('finish', () => {
      const ms = performance.now() - startedAt
      const { method, originalUrl } = req
      const { statusCode: status } = res
      const route = req.route ? `${req.baseUrl}${req.route.path}` : 'none'
      metrics.requestSeconds.observe({ method, route, status: String(status) }, ms / 1000)
      const level = status >= 500 ? 'warn' : 'debug'
      log[level]({ event: 'http.answered', method, path: originalUrl.split('?')[0], status, ms: Math.round(ms) })
    })
    next()
  }
}
