import { type Kysely, sql } from 'kysely'

/** A schema for pg-boss to keep its tables in; it belongs to the application's role, which installs and upgrades them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create schema jobs authorization baton_app`.execute(db)
}
