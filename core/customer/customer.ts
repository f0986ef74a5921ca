/** Whom a message is for; what is not known of them is null. */
export type Customer = {
  name: string | null
  /** `de`, `pt-BR`. */
  locale: string | null
  /** IANA name. */
  timezone: string | null
}
