/** An effect that cannot be carried out as things stand; `detail` says what to do. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: string
  readonly detail: string

  constructor(reason: string, detail: string) {
    super(reason)
    this.reason = reason
    this.detail = detail
  }
}
