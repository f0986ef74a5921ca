import type { RequestHandler } from 'express'
import { Refusal } from '../http/refusal.ts'
import type { DeskSession } from './session.ts'

/**
 * Reports for everybody, and for agents without people: whoever is no lead can neither break a figure down by person nor
 * narrow it to one.
 *
 * @throws {Refusal} 403 `not-allowed`
 */
export const withoutPeople: RequestHandler = (req, res, next) => {
  const { person } = res.locals as DeskSession
  if (person.role === 'agent' && namesPeople(req.query.q)) {
    throw new Refusal(403, 'not-allowed', 'Only leads and admins see figures of people. The policy says who is a lead.')
  }
  next()
}

/** What cannot be read is refused by whoever answers it. */
function namesPeople(q: unknown): boolean {
  try {
    const { by, filters } = JSON.parse(String(q)) as { by?: unknown; filters?: object }
    return (Array.isArray(by) && by.includes('agent')) || (typeof filters === 'object' && 'agent' in filters)
  } catch {
    return false
  }
}
