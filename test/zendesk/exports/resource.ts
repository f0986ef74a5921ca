import type { Request } from 'express'
import type { World } from '../world.ts'
import { pageByCursor, pageByTime } from './pages.ts'
import type { Timeline } from './timeline.ts'

type Answer = Record<string, unknown>

/** One kind of record that has an incremental export. */
export type Resource = {
  /** In paths; and the key of its rows. */
  name: string
  byTime(req: Request, size?: number): Answer
  byCursor(req: Request): Answer
}

export type ResourceParts<Row> = {
  timeline: Timeline<Row>
  /** The rows under their key, and what is sideloaded beside them. */
  present(req: Request, rows: Row[]): Answer
  /** Which rows a request wants; left out, all. */
  wanted?(req: Request): (row: Row) => boolean
}

export function createResource<Row>(world: World, name: string, parts: ResourceParts<Row>): Resource {
  const { timeline, present } = parts
  return {
    name,
    byTime(req, size) {
      const { rows, envelope } = pageByTime(world, req, timeline, parts.wanted?.(req), size)
      return { ...present(req, rows), ...envelope }
    },
    byCursor(req) {
      const { rows, envelope } = pageByCursor(world, req, timeline, parts.wanted?.(req))
      return { ...present(req, rows), ...envelope }
    },
  }
}
