import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>

/** The role the server works as: no superuser and not the tables' owner, so that row level security holds for it. */
export const APP_ROLE = 'baton_app'

export type ConnectOptions = {
  /** Most connections at once. */
  max?: number
  /** Null keeps the role of the URL's user: migrations and tests of the database itself. */
  role?: string | null
  /** Session settings, such as pg-boss's clock in tests. */
  settings?: Record<string, string>
  /** Told of errors on idle connections; the pool replaces such a connection by itself. */
  onError?: (error: Error) => void
}

const INT8 = 20

/**
 * What `pg` needs to reach the database as the application's role.
 *
 * `bigint` becomes a number: ids and instants stay below 2^53. A server that does not answer is given up after 3 s,
 * which leaves a webhook time to be answered with 503.
 */
export function connectionOptions(url: string, { max = 10, role = APP_ROLE, settings = {} }: ConnectOptions = {}) {
  const session = role === null ? settings : { role, ...settings }
  return {
    connectionString: url,
    max,
    connectionTimeoutMillis: 3000,
    options: Object.entries(session)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: { getTypeParser },
  } satisfies pg.PoolConfig
}

/** A pool of connections to the database at `url`; nothing is opened before the first query. */
export function connect(url: string, options: ConnectOptions = {}): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, options) }) })
}

/** The same without Kysely, for statements that are run so often that each connection should plan them once. */
export function openPool(url: string, options: ConnectOptions = {}): pg.Pool {
  const pool = new pg.Pool(connectionOptions(url, options))
  const onError = (error: Error) => options.onError?.(error)
  pool.on('error', onError)
  // A connection that is lost between two statements of a transaction has nobody else to tell.
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 && format !== 'binary') return Number
  return pg.types.getTypeParser(oid, format as 'text')
}
