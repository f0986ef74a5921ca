/** Words of PostgreSQL and Node for a database that is away: not started, stopped, killed, or just coming back. */
const CODES = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08001'])
const MESSAGES = /Connection terminated|timeout exceeded when trying to connect|not queryable/

/**
 * Whether a query failed because the database does not answer, which says nothing about what was asked. Not for errors
 * of other connections: Zendesk's are `ZendeskError` by the time anybody asks.
 */
export function isAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return (typeof code === 'string' && CODES.has(code)) || (typeof message === 'string' && MESSAGES.test(message))
}
