import type { Request } from 'express'
import type { World } from '../world.ts'
import { Refused } from './refused.ts'

const LARGEST_PAGE = 100

/** Offset paging reaches this many rows and no further. */
const DEEPEST_ROW = 10_000

export type Page<Row> = { rows: Row[]; envelope: Record<string, unknown> }

type Paged = { id: number | string }

/**
 * One page of `rows`, which are in their final order, and the keys that stand beside them in the answer.
 * `page[size]`, `page[after]` or `page[before]` ask for cursors; otherwise `page` and `per_page` count.
 */
export function paginate<Row extends Paged>(world: World, req: Request, rows: Row[]): Page<Row> {
  const { page } = req.query
  return page !== null && typeof page === 'object' && !Array.isArray(page)
    ? byCursor(world, req, rows, page as Record<string, unknown>)
    : byOffset(world, req, rows)
}

/** Stops at `has_more`: the next link is there at the end too. Source: recorded answers. */
function byCursor<Row extends Paged>(
  world: World,
  req: Request,
  rows: Row[],
  page: Record<string, unknown>,
): Page<Row> {
  const size = readSize(page.size)
  let start = 0
  if (page.before !== undefined) start = Math.max(0, placeOf(rows, page.before) - size)
  else if (page.after !== undefined) start = placeOf(rows, page.after) + 1
  const end = page.before === undefined ? start + size : placeOf(rows, page.before)
  const slice = rows.slice(start, end)

  const after_cursor = slice.length > 0 ? cursorOf(slice.at(-1)!, start + slice.length - 1) : null
  const before_cursor = slice.length > 0 ? cursorOf(slice[0]!, start) : null
  const has_more = page.before === undefined ? end < rows.length : start > 0
  const links = {
    prev: before_cursor && linkTo(world, req, { 'page[before]': before_cursor, 'page[size]': String(size) }),
    next: after_cursor && linkTo(world, req, { 'page[after]': after_cursor, 'page[size]': String(size) }),
  }
  return { rows: slice, envelope: { meta: { has_more, after_cursor, before_cursor }, links } }
}

function byOffset<Row extends Paged>(world: World, req: Request, rows: Row[]): Page<Row> {
  const size = readSize(req.query.per_page)
  const page = Math.max(1, Math.floor(Number(req.query.page ?? 1)) || 1)
  if (page * size > DEEPEST_ROW) throw tooDeep()
  const link = (to: number) => linkTo(world, req, { page: String(to), per_page: String(size) })
  return {
    rows: rows.slice((page - 1) * size, page * size),
    envelope: {
      next_page: page * size < rows.length ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
      count: rows.length,
    },
  }
}

function readSize(given: unknown): number {
  const size = Math.floor(Number(given ?? LARGEST_PAGE))
  return size >= 1 ? Math.min(size, LARGEST_PAGE) : LARGEST_PAGE
}

/** A cursor names a row and remembers its place, should the row be gone. */
function cursorOf(row: Paged, place: number): string {
  return Buffer.from(JSON.stringify([row.id, place])).toString('base64url')
}

function placeOf(rows: Paged[], cursor: unknown): number {
  let named: unknown
  try {
    named = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8'))
  } catch {
    throw badCursor()
  }
  if (!Array.isArray(named) || typeof named[1] !== 'number') throw badCursor()
  const place = rows.findIndex((row) => row.id === named[0])
  return place >= 0 ? place : named[1] - 1
}

function linkTo(world: World, req: Request, change: Record<string, string>): string {
  const url = new URL(req.originalUrl, world.url)
  for (const name of ['page', 'per_page', 'page[after]', 'page[before]', 'page[size]']) url.searchParams.delete(name)
  for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value)
  return url.toString()
}

function tooDeep(): Refused {
  const title = 'Invalid pagination depth'
  const detail = 'Offset pagination reaches the first 10000 records only. Use cursor pagination for more.'
  return new Refused({ status: 400, body: { errors: [{ code: 'InvalidPaginationDepth', title, detail }] } })
}

function badCursor(): Refused {
  const detail = 'The cursor is not one that this endpoint gave.'
  return new Refused({ status: 400, body: { errors: [{ code: 'InvalidCursor', title: 'Invalid cursor', detail }] } })
}
