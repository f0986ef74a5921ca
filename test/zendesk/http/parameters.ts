import type { Request } from 'express'
import { badParameter, missingParameter, tooManyValues } from './refused.ts'

/** Most ids that a `…_many` endpoint takes. */
export const MOST_IDS = 100

/** @throws {Refused} 400 when the path's parameter is not an integer */
export function readId(req: Request, endpoint: string, name = 'id'): number {
  const text = String(req.params[name])
  if (!/^\d+$/.test(text)) throw badParameter(name, `api/v2/${endpoint}`)
  return Number(text)
}

/** The `ids` of a query, in their order; what is no number is left out. */
export function readIds(req: Request, name = 'ids'): number[] {
  const given = req.query[name]
  const ids = String(given ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => /^\d+$/.test(id))
    .map(Number)
  if (ids.length > MOST_IDS) throw tooManyValues(MOST_IDS)
  return ids
}

/** The record under the body's root key. @throws {Refused} 400 when it is missing */
export function readRoot(req: Request, key: string): Record<string, unknown> {
  const root = req.body?.[key]
  if (root === null || typeof root !== 'object' || Array.isArray(root)) throw missingParameter(key)
  return root as Record<string, unknown>
}

/** The names in `include=`, or `filter[]`, as a set. */
export function readNames(value: unknown): Set<string> {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
  return new Set(list.map((name) => String(name).trim()).filter((name) => name !== ''))
}
