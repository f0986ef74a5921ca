import type { RequestHandler, Response } from 'express'
import { admit } from '../oauth/authenticate.ts'
import type { Caller, World } from '../world.ts'

/** Lets a request on when its caller's scopes reach the resource and its role is enough; the rest is refused. */
export function allow(world: World, resource: string, role: 'agent' | 'admin' = 'agent'): RequestHandler {
  return (req, res, next) => {
    const access = req.method === 'GET' || req.method === 'HEAD' ? 'read' : 'write'
    const caller = admit(world, req, res, { resource, access, role })
    if (!caller) return
    res.locals.caller = caller
    next()
  }
}

/** Who makes the request; only behind `allow`. */
export function callerOf(res: Response): Caller {
  return res.locals.caller
}
