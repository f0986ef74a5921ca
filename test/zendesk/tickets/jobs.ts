import { Refused } from '../http/refused.ts'
import type { JobStatus } from '../state/model.ts'
import type { World } from '../world.ts'

/** More than this may not wait or run at once. */
const MOST_RUNNING = 30

export type Jobs = {
  /** Queues the work; each item's outcome is its own, so a completed job may hold failed items. */
  start(total: number, run: (index: number) => Record<string, unknown>): JobStatus
  settle(): Promise<void>
}

/** Work that answers later, under an id to ask by. */
export function createJobs(world: World): Jobs {
  const running = new Set<Promise<void>>()
  return { start, settle }

  function start(total: number, run: (index: number) => Record<string, unknown>): JobStatus {
    if (running.size >= MOST_RUNNING) {
      const description = `No more than ${MOST_RUNNING} jobs may be queued or running`
      throw new Refused({ status: 429, headers: { 'Retry-After': '60' }, body: { error: 'TooManyJobs', description } })
    }
    const job: JobStatus = {
      ...{ id: `V3-${world.nextToken(32)}`, total, progress: null, status: 'queued', message: null, results: null },
      created_at: world.clock.now(),
    }
    world.state.jobs[job.id] = job
    const task = perform(job, total, run).finally(() => running.delete(task))
    running.add(task)
    return structuredClone(job)
  }

  async function perform(
    job: JobStatus,
    total: number,
    run: (index: number) => Record<string, unknown>,
  ): Promise<void> {
    await nextTurn()
    job.status = 'working'
    const results: Record<string, unknown>[] = []
    for (let index = 0; index < total; index++) {
      await nextTurn()
      results.push(runOne(index, run))
      job.progress = index + 1
    }
    job.status = 'completed'
    job.results = results
    const at = new Date(world.clock.now()).toISOString().slice(0, 19).replace('T', ' ')
    job.message = `Completed at ${at} +0000`
  }

  async function settle(): Promise<void> {
    while (running.size > 0) await Promise.all(running)
  }
}

function runOne(index: number, run: (index: number) => Record<string, unknown>): Record<string, unknown> {
  try {
    return run(index)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { error: name, description, details } = error.refusal.body
    return { index, error: String(name), details: details ? JSON.stringify(details) : description }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export function presentJob(world: World, job: JobStatus) {
  const { id, total, progress, status, message, results } = job
  return { id, url: `${world.url}/api/v2/job_statuses/${id}.json`, total, progress, status, message, results }
}
