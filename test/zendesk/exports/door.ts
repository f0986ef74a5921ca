import type { RequestHandler } from 'express'
import { allow } from '../http/allow.ts'
import type { RateLimits } from '../http/rate-limits.ts'
import { notAllowed, notFound } from '../http/refused.ts'
import type { World } from '../world.ts'

/**
 * Lets an admin on to an incremental export, unless the account's profile has it closed, and counts the request. Every
 * incremental endpoint goes through here, also those of the Help Center: they share one bucket.
 *
 * @param name as in `account.closed_exports`: the last part of its path, `tickets`, `ticket_events` …
 */
export function allowExport(world: World, limits: RateLimits, name: string): RequestHandler {
  const allowed = allow(world, 'incremental exports', 'admin')
  return (req, res, next) =>
    allowed(req, res, () => {
      refuseIfClosed(world, name)
      limits.countExport(res)
      next()
    })
}

/** Zendesk answers 403 or 404 where a plan lacks a feature, and not the same on every endpoint. */
export function refuseIfClosed(world: World, name: string): void {
  const status = world.state.account.closed_exports?.[name]
  if (status === 403) throw notAllowed()
  if (status === 404) throw notFound()
}
