import type { RequestHandler } from 'express'
import type { Instant } from '../../../core/units.ts'
import type { Caller, World } from '../world.ts'

/** One line of the log: who asked for what and how it went. Bodies are never in it. */
export type LoggedRequest = {
  at: Instant
  method: string
  /** Without the query and `.json`. */
  path: string
  status: number
  /** The acting user; null when nobody was recognised. */
  caller: number | null
}

/** The newest requests are kept, so that a demo that runs for days stays small. */
const MOST_LOGGED = 20_000

export function logRequests(world: World, log: LoggedRequest[]): RequestHandler {
  return (req, res, next) => {
    res.on('close', () => {
      const caller = res.locals.caller as Caller | undefined
      const status = res.writableFinished ? res.statusCode : 0
      log.push({ at: world.clock.now(), method: req.method, path: req.path, status, caller: caller?.user.id ?? null })
      if (log.length > MOST_LOGGED) log.splice(0, log.length - MOST_LOGGED)
    })
    next()
  }
}
