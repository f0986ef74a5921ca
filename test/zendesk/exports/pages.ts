import type { Request } from 'express'
import type { World } from '../world.ts'
import { type Position, writeCursor } from './cursor.ts'
import { type Slice, sliceAfter, type Timeline } from './timeline.ts'
import { newestSecond, readPosition, readSize, readStartTime } from './window.ts'

type Envelope = Record<string, unknown>

export type ExportPage<Row> = { rows: Row[]; envelope: Envelope }

/** A page of an export by cursor, as the request asks for it. */
export function pageByCursor<Row>(
  world: World,
  req: Request,
  timeline: Timeline<Row>,
  keep?: (row: Row) => boolean,
): ExportPage<Row> {
  const newest = newestSecond(world)
  const after = readPosition(req, newest)
  const size = readSize(req)
  const { rows, isLast } = sliceAfter(timeline, after, newest, (page) => page.length >= size, keep)
  const last = rows.at(-1)
  // Without a row there is nothing a first cursor could name: the caller asks again with the same start.
  const given = typeof req.query.cursor === 'string' ? req.query.cursor : null
  const after_cursor = last ? writeCursor(timeline.positionOf(last)) : given
  const envelope = {
    after_url: after_cursor && linkTo(world, req, { cursor: after_cursor }),
    after_cursor,
    before_url: null,
    before_cursor: null,
    end_of_stream: isLast,
  }
  return { rows, envelope }
}

/**
 * A page of an export by time. The next one starts with the second this one ended in, so its rows come again.
 *
 * A page ends with a whole second, even if that makes it larger, and beyond the second it started with: a stream never
 * stands still.
 */
export function pageByTime<Row>(
  world: World,
  req: Request,
  timeline: Timeline<Row>,
  keep?: (row: Row) => boolean,
  size = readSize(req),
): ExportPage<Row> {
  const newest = newestSecond(world)
  const start = readStartTime(req, newest)
  const secondOf = (row: Row) => timeline.positionOf(row).second
  const isFull = (page: Row[], next: Position) => {
    const last = page.at(-1)
    return last !== undefined && page.length >= size && secondOf(last) > start && next.second > secondOf(last)
  }
  const { rows, isLast }: Slice<Row> = sliceAfter(timeline, { second: start, id: -1 }, newest, isFull, keep)
  const last = rows.at(-1)
  const end_time = last ? secondOf(last) : start
  const next_page = linkTo(world, req, { start_time: String(end_time) })
  return { rows, envelope: { count: rows.length, end_of_stream: isLast, end_time, next_page } }
}

function linkTo(world: World, req: Request, to: Record<string, string>): string {
  const url = new URL(req.originalUrl, world.url)
  url.searchParams.delete('start_time')
  for (const [name, value] of Object.entries(to)) url.searchParams.set(name, value)
  return url.toString()
}
