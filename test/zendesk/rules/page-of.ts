import type { Request } from 'express'

/** The most rows of a page. */
const MAX_ROWS = 100

/**
 * One page of `rows` as the request asks for it: cursor form with `page[size]`, offset form otherwise.
 *
 * In the cursor form the next link is there even at the end, as recorded: `has_more` alone says when to stop.
 *
 * @param path path of the list, for the links
 */
export function pageOf<Row>(
  req: Request,
  rows: Row[],
  path: string,
): { rows: Row[]; envelope: Record<string, unknown> } {
  const query = new URL(req.originalUrl, 'http://localhost').searchParams
  return query.has('page[size]') || query.has('page[after]') ? byCursor(query, rows, path) : byOffset(query, rows, path)
}

function byCursor<Row>(query: URLSearchParams, rows: Row[], path: string) {
  const size = clamp(Number(query.get('page[size]') ?? MAX_ROWS))
  const from = Number(Buffer.from(query.get('page[after]') ?? '', 'base64url').toString()) || 0
  const page = rows.slice(from, from + size)
  const end = from + page.length
  const after = Buffer.from(String(end)).toString('base64url')
  const before = Buffer.from(String(Math.max(0, from - size))).toString('base64url')
  const link = (name: string, cursor: string) => {
    const next = new URLSearchParams(query)
    next.delete('page[after]')
    next.delete('page[before]')
    next.set(name, cursor)
    return `${path}?${next}`
  }
  return {
    rows: page,
    envelope: {
      meta: { has_more: end < rows.length, after_cursor: after, before_cursor: before },
      links: { prev: link('page[before]', before), next: link('page[after]', after) },
    },
  }
}

function byOffset<Row>(query: URLSearchParams, rows: Row[], path: string) {
  const size = clamp(Number(query.get('per_page') ?? MAX_ROWS))
  const page = Math.max(1, Number(query.get('page')) || 1)
  const start = (page - 1) * size
  const link = (to: number) => `${path}?page=${to}&per_page=${size}`
  return {
    rows: rows.slice(start, start + size),
    envelope: {
      count: rows.length,
      next_page: start + size < rows.length ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
    },
  }
}

function clamp(size: number): number {
  return Number.isInteger(size) && size > 0 ? Math.min(size, MAX_ROWS) : MAX_ROWS
}
