/** Where the client says what is odd: one object a line, ids and stable words only. A pino logger fits. */
export type ZendeskLog = {
  info(fields: Record<string, unknown>): void
  warn(fields: Record<string, unknown>): void
}
