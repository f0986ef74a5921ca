import type { Clock, Instant } from '../../core/units.ts'
import type { Audit, Comment, State, Ticket, User, Via } from './state/model.ts'

/** A clock that tests and the demo move; it also lets waiting parts (retries, breakers) wake when it is moved. */
export type MovableClock = Clock & {
  /** Moves time on and runs what fell due, in order. Never backwards. */
  advance(ms: number): Promise<void>
  /** Runs `wake` once `at` has come. Answers a function that takes it back. */
  schedule(at: Instant, wake: () => void): () => void
}

/** What every part of the local Zendesk works on. */
export type World = {
  clock: MovableClock
  state: State
  /** Where the account is reached, without a slash at the end: `http://localhost:4600`. */
  url: string
  /** Next id of a kind: tickets are small and rising, everything else 13 to 14 digits. */
  nextId(kind: string): number
  /** A ULID from the seeded source and the clock. */
  nextUlid(): string
  /** A random hex string from the seeded source, for tokens. */
  nextToken(length: number): string
  /** Sends a trigger's webhook; returns at once, delivery happens after the update was answered. */
  fireWebhook(webhookId: string, payload: string): void
  faults: Faults
}

/** Wrong turns a test or the demo asks for. */
export type Faults = {
  /** The next answers to requests that match, first in first out. `times` defaults to 1. */
  answers: FaultAnswer[]
  /** Deliver every webhook this many extra times. */
  duplicateWebhooks: number
  /** Drop every n-th webhook; 0 drops none. */
  dropEveryNthWebhook: number
  /** Hold webhooks back and send them in reverse once this many have gathered; 0 keeps the order. */
  reorderWebhooks: number
}

export type FaultAnswer = {
  method: string
  /** Path without `.json` and query; a string is matched whole. */
  path: string | RegExp
  times: number
  /**
   * `timeout` never answers, `cut` sends half of the real answer's body and closes, `after` does the work and then fails.
   * A function is run first, and the real answer follows: for what others do at just that moment.
   */
  answer:
    | { status: number; headers?: Record<string, string>; body?: string }
    | 'timeout'
    | 'cut'
    | 'after'
    | (() => unknown)
}

/** Who makes a request and by what right. */
export type Caller = { user: User; scopes: string[]; kind: 'oauth' | 'basic' | 'session' }

/** A ticket update half way: saved, but its business rules still to run. */
export type UpdateInProgress = {
  /** As it is now; `change` alters it. */
  ticket: Ticket
  /** As it was before the update, null on create. */
  before: Ticket | null
  /** Rule events are appended here, with their own `via`. */
  audit: Audit
  actor: User
  comment: Comment | null
  isCreate: boolean
  /** Sets a field with all of Zendesk's side effects and appends the audit event under `via`; false when nothing changed. */
  change(field: string, value: unknown, via: Via): boolean
}
