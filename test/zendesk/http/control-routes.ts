import express, { Router } from 'express'
import { z } from 'zod'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { scrubTickets, touchBySystem } from '../exports/touch.ts'
import type { State } from '../state/model.ts'
import { readState } from '../state/store.ts'
import type { FaultAnswer, World } from '../world.ts'

const Advance = z.strictObject({
  ms: z.number().nonnegative().default(0),
  seconds: z.number().nonnegative().default(0),
  minutes: z.number().nonnegative().default(0),
  hours: z.number().nonnegative().default(0),
  days: z.number().nonnegative().default(0),
})

const Answer = z.strictObject({
  method: z.string(),
  path: z.union([z.string(), z.strictObject({ pattern: z.string() })]),
  times: z.int().positive().default(1),
  answer: z.union([
    z.enum(['timeout', 'cut', 'after']),
    z.strictObject({
      status: z.int().min(100).max(599),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.string().optional(),
    }),
  ]),
})

const Faults = z.strictObject({
  /** Added to those that wait; `[]` takes them all back. */
  answers: z.array(Answer).optional(),
  duplicateWebhooks: z.int().nonnegative().optional(),
  dropEveryNthWebhook: z.int().nonnegative().optional(),
  reorderWebhooks: z.int().nonnegative().optional(),
  /** Ids of tickets that are touched at once without being changed, so that exports tell of them again. */
  touchTickets: z.array(z.int()).default([]),
  /** Ids of deleted tickets whose content is taken away at once. */
  scrubTickets: z.array(z.int()).default([]),
})

/** What no Zendesk has: time, faults and memory of this one, for tests and the demo. Never under `/api`. */
export function controlRoutes(world: World, settle: () => Promise<void>): Router {
  const router = Router()
  router.use('/__local', express.json({ limit: '200mb' }))

  router.get('/__local/clock', (_req, res) => {
    res.json({ now: new Date(world.clock.now()).toISOString() })
  })

  router.post('/__local/clock', async (req, res) => {
    const { ms, seconds, minutes, hours, days } = Advance.parse(req.body ?? {})
    const span = ms + seconds * SECOND_MS + minutes * MINUTE_MS + hours * HOUR_MS + days * DAY_MS
    await world.clock.advance(span)
    res.json({ now: new Date(world.clock.now()).toISOString() })
  })

  router.get('/__local/faults', (_req, res) => {
    const answers = world.faults.answers.map((one) => ({ ...one, path: asJson(one.path) }))
    res.json({ ...world.faults, answers })
  })

  router.post('/__local/faults', (req, res) => {
    const { answers, touchTickets, scrubTickets: scrubbed, ...rest } = Faults.parse(req.body ?? {})
    Object.assign(world.faults, rest)
    touchBySystem(world, touchTickets)
    scrubTickets(world, scrubbed)
    if (answers?.length === 0) world.faults.answers.length = 0
    for (const one of answers ?? []) {
      const path = typeof one.path === 'string' ? one.path : new RegExp(one.path.pattern)
      world.faults.answers.push({ ...one, path } satisfies FaultAnswer)
    }
    res.json({ waiting: world.faults.answers.length })
  })

  router.get('/__local/state', (_req, res) => {
    res.json(world.state)
  })

  router.post('/__local/state', (req, res) => {
    const state = readState(req.body as Partial<State>)
    // Parts hold on to the state's object, so it is filled anew and not replaced.
    for (const key of Object.keys(world.state)) delete world.state[key as keyof State]
    Object.assign(world.state, state)
    res.json({ tickets: Object.keys(state.tickets).length })
  })

  router.post('/__local/settle', async (_req, res) => {
    await settle()
    res.json({ settled: true })
  })

  return router
}

function asJson(path: string | RegExp): unknown {
  return typeof path === 'string' ? path : { pattern: path.source }
}
