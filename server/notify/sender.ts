import type { Fold, Message } from '../../core/notice/fold.ts'
import type { Instant } from '../../core/units.ts'

/** The top of a thread in Slack, and what it says. */
export type Thread = { place: string; ts: string; card: string }

/** One message on its way. */
export type Delivery = {
  accountId: number
  /** Names the message; the same however often it is tried. */
  batch: string
  fold: Fold
  message: Message
  /** It was tried before, and whether it arrived is not known. */
  isRetry: boolean
  /** When it was tried first. */
  firstTriedAt: Instant
  /** Parts of it that have certainly arrived. */
  partsDone: number
  savePart(done: number): Promise<void>
  thread: Thread | null
  saveThread(thread: Thread): Promise<void>
}

/** A channel took it; what it calls it, where it has a name for it. */
export type Receipt = { externalId: string | null }

/** @throws {NotifyError} */
export type Sender = (delivery: Delivery) => Promise<Receipt>
