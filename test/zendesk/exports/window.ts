import type { Request } from 'express'
import { badParameter, Refused } from '../http/refused.ts'
import { seconds } from '../http/times.ts'
import type { World } from '../world.ts'
import { type Position, readCursor } from './cursor.ts'

export const LARGEST_PAGE = 1000

/** What changed in the last minute is held back until no other change can come in between. */
const HELD_BACK_SECONDS = 60

/** The newest second an export tells of. */
export function newestSecond(world: World): number {
  return seconds(world.clock.now()) - HELD_BACK_SECONDS
}

/** @throws {Refused} 400 for what is no time, 422 for one that is too recent */
export function readStartTime({ query, path }: Request, newest: number): number {
  if (!/^\d+$/.test(String(query.start_time))) throw badParameter('start_time', path.slice(1))
  const second = Number(query.start_time)
  if (second >= newest) throw refusal(422, 'StartTimeTooRecent', 'start_time must be more than 60 seconds ago')
  return second
}

/** The position after which a page by cursor begins; a start time includes its own second. */
export function readPosition(req: Request, newest: number): Position {
  const { cursor } = req.query
  if (typeof cursor !== 'string') return { second: readStartTime(req, newest), id: -1 }
  const position = readCursor(cursor)
  if (!position) throw refusal(400, 'InvalidCursor', 'cursor is invalid or expired')
  return position
}

export function readSize({ query }: Request): number {
  const size = Math.floor(Number(query.per_page ?? LARGEST_PAGE))
  return size >= 1 ? Math.min(size, LARGEST_PAGE) : LARGEST_PAGE
}

function refusal(status: number, code: string, title: string): Refused {
  return new Refused({ status, body: { errors: [{ code, status: String(status), title }] } })
}
