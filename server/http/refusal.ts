import type { ApiError } from '../../core/contract/api.ts'

/** A request we will not carry out; becomes the answer `{ error, message }`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  /** A stable word for programs; the message is for people and says what to do. */
  readonly error: string
  readonly details: ApiError['details']

  constructor(status: number, error: string, message: string, details?: ApiError['details']) {
    super(message)
    this.status = status
    this.error = error
    this.details = details
  }
}
