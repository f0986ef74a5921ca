import type { Request, RequestHandler, Response } from 'express'
import type { FaultAnswer, World } from '../world.ts'

/** Gives the answers that a test or the demo asked for instead of, or on top of, the real ones. */
export function faultAnswers(world: World): RequestHandler {
  return async (req, res, next) => {
    const fault = takeFault(world, req)
    if (!fault) return next()
    const { answer } = fault
    if (typeof answer === 'function') {
      await answer()
      return next()
    }
    if (answer === 'timeout') {
      // The caller gives up; the connection is closed with the server.
      req.resume()
      return
    }
    if (answer === 'cut') {
      cutShort(res)
      return next()
    }
    if (answer === 'after') {
      failAfterwards(res)
      return next()
    }
    res.status(answer.status).set(answer.headers ?? {})
    res.end(answer.body ?? '')
  }
}

function takeFault(world: World, req: Request): FaultAnswer | null {
  const { answers } = world.faults
  const index = answers.findIndex(
    ({ method, path }) =>
      method.toUpperCase() === req.method && (typeof path === 'string' ? path === req.path : path.test(req.path)),
  )
  const fault = answers[index]
  if (!fault) return null
  fault.times = (fault.times ?? 1) - 1
  if (fault.times <= 0) answers.splice(index, 1)
  return fault
}

/** Promises the whole body, sends half of it and closes. */
function cutShort(res: Response): void {
  const end = res.end.bind(res)
  res.end = ((chunk?: unknown) => {
    const body = Buffer.isBuffer(chunk) ? chunk : Buffer.from(typeof chunk === 'string' ? chunk : '')
    if (body.length === 0) return end()
    res.setHeader('content-length', body.length)
    res.flushHeaders()
    res.write(body.subarray(0, Math.floor(body.length / 2)), () => res.socket?.destroy())
    return res
  }) as typeof res.end
}

/** Lets the work be done and then answers as a gateway that waited too long. */
function failAfterwards(res: Response): void {
  const end = res.end.bind(res)
  res.end = (() => {
    const body = '<html><body><h1>504 Gateway Time-out</h1></body></html>'
    if (res.headersSent) return end()
    for (const name of res.getHeaderNames()) res.removeHeader(name)
    res.statusCode = 504
    res.setHeader('content-type', 'text/html')
    res.setHeader('content-length', Buffer.byteLength(body))
    return end(body)
  }) as typeof res.end
}
