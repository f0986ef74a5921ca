import type { QueueOptions, QueuePolicy } from 'pg-boss'
import type { JobName, JobPayloads } from './payloads.ts'

type Settings = QueueOptions & { policy?: QueuePolicy }

/** First retry after a second or two, then twice as long each time, never more than ten minutes apart. */
const PATIENT: Settings = {
  retryLimit: 20,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 120,
}

/**
 * How each kind of job is queued. `short` keeps one waiting job per key: a ticket that is updated ten times while one
 * look at it is under way is looked at once more. Jobs of one key never run at the same time.
 */
export const QUEUES: Record<JobName, Settings> = {
  observe: { ...PATIENT, policy: 'short' },
  act: { ...PATIENT, policy: 'short' },
  // Each pass queues the next, so none may ever be given up.
  'catch-up': { ...PATIENT, policy: 'short', retryLimit: 1_000_000, retryDelayMax: 60 },
  'metric-events': { ...PATIENT, policy: 'short', retryLimit: 1_000_000, retryDelayMax: 60 },
  sync: { ...PATIENT, policy: 'short', retryLimit: 1_000_000, retryDelayMax: 60 },
  reconcile: { ...PATIENT, policy: 'short', retryLimit: 1_000_000, retryDelayMax: 60 },
  schedules: { ...PATIENT, policy: 'short', retryLimit: 1_000_000, retryDelayMax: 60 },
  recount: { ...PATIENT, policy: 'short' },
  // How long a channel is tried is for each notice to say.
  notify: { ...PATIENT, policy: 'short', retryLimit: 1_000_000 },
}

/** So many of a kind at once in one server; the others as many as it is configured for. */
export const WORKERS: Partial<Record<JobName, number>> = {
  ...{ 'catch-up': 1, 'metric-events': 1, schedules: 1, recount: 1, reconcile: 1 },
  // Pages take Zendesk some seconds, so that one after the other would leave calls unused.
  sync: 3,
}

export const JOB_NAMES = Object.keys(QUEUES) as JobName[]

/** Where a job goes that failed for good, for an operator to look at and put back. */
export function deadQueueOf(name: JobName): string {
  return `${name}-dead`
}

/** Same key, same work. */
export function keyOf<N extends JobName>(name: N, payload: JobPayloads[N]): string {
  const { accountId } = payload
  if (name === 'observe') {
    const { ticketId, lane = 'interactive' } = payload as JobPayloads['observe']
    // A look that somebody waits for never counts as done by one that gives way to everything.
    return `${accountId}/${ticketId}${lane === 'interactive' ? '' : `@${lane}`}`
  }
  if (name === 'act') return `${accountId}/${(payload as JobPayloads['act']).effectId}`
  if (name === 'sync') return `${accountId}/${(payload as JobPayloads['sync']).export}`
  if (name === 'notify') {
    const { lane, wakesAt } = payload as JobPayloads['notify']
    return `${accountId}/${lane}${wakesAt === undefined ? '' : `@${wakesAt}`}`
  }
  return String(accountId)
}
