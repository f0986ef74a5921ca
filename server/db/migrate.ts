import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { APP_ROLE, connect, type Database } from './connect.ts'
import { migrations } from './migrations/index.ts'

/** The database can be reached but not made ready; the message says what its administrator must do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/**
 * Brings the database at `url` to the newest shape. Several servers may do so at once; the second waits for the first.
 *
 * @param url its user owns the tables and must be able to create the role `baton_app`, or find it created
 * @throws {MigrationError} naming what is missing
 */
export async function migrate(url: string): Promise<void> {
  const db = connect(url, { role: null, max: 2 })
  try {
    await ensureAppRole(db)
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    const { error, results } = await migrator.migrateToLatest()
    if (error) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the migrations'
      throw new MigrationError(`${failed} could not be applied: ${messageOf(error)}`, { cause: error })
    }
  } finally {
    await db.destroy()
  }
}

/** Creates the application's role and lets the owner take it on. */
async function ensureAppRole(db: Database): Promise<void> {
  const { rows } = await sql<{ exists: boolean; member: boolean; owner: string }>`
    select exists (select from pg_roles where rolname = ${APP_ROLE}) as exists,
           exists (select from pg_roles where rolname = ${APP_ROLE} and pg_has_role(current_user, oid, 'member')) as member,
           current_user as owner`.execute(db)
  const { exists, member, owner } = rows[0]!
  try {
    if (!exists) await sql`create role ${sql.id(APP_ROLE)} nologin`.execute(db).catch(unlessItExists)
    if (!member || !exists) await sql`grant ${sql.id(APP_ROLE)} to ${sql.id(owner)}`.execute(db)
  } catch (error) {
    throw new MigrationError(
      `The role ${APP_ROLE} could not be made (${messageOf(error)}). As an administrator of the database run: ` +
        `create role ${APP_ROLE} nologin; grant ${APP_ROLE} to "${owner}";`,
      { cause: error },
    )
  }
}

/** Two servers may create the role at the same moment; either way it is there. */
function unlessItExists(error: unknown): void {
  const code = (error as { code?: string }).code
  if (code !== '42710' && code !== '23505') throw error
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
