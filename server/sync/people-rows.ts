import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ExportedOrganization, ExportedUser, ListedGroup } from '../zendesk/people-export.ts'

/**
 * Keeps agents and admins, and those who were one; customers are passed over. Who gets another role gets it from when
 * their user was changed; who is told of for the first time has had theirs since they were made, as far as can be told.
 *
 * @returns how many of them are new
 */
export async function keepUsers(
  tx: AccountTransaction,
  accountId: number,
  users: readonly ExportedUser[],
  readAt: Instant,
): Promise<number> {
  const known = await rolesOf(tx, users)
  const newest = newestOfEach(users, known)
  if (newest.length === 0) return 0
  await sql`
    insert into zendesk_user as kept
      (account_id, user_id, name, role, is_active, organization_id, default_group_id, updated_at, read_at)
    select ${accountId}::bigint, told.*, ${readAt}::bigint from unnest(
      ${newest.map(({ id }) => id)}::bigint[], ${newest.map(({ name }) => name)}::text[],
      ${newest.map(({ role }) => role)}::text[], ${newest.map(({ isActive }) => isActive)}::boolean[],
      ${newest.map(({ organizationId }) => organizationId)}::bigint[],
      ${newest.map(({ defaultGroupId }) => defaultGroupId)}::bigint[],
      ${newest.map(({ updatedAt }) => updatedAt)}::bigint[]
    ) as told
    on conflict (account_id, user_id) do update set
      name = excluded.name, role = excluded.role, is_active = excluded.is_active,
      organization_id = excluded.organization_id, default_group_id = excluded.default_group_id,
      updated_at = excluded.updated_at, read_at = excluded.read_at`.execute(tx)
  const roles = newest
    .filter(({ id, role }) => known.get(id)?.role !== role)
    .map(({ id, role, createdAt, updatedAt }) => ({ id, role, since: known.has(id) ? updatedAt : createdAt }))
  await sql`
    insert into zendesk_user_role (account_id, user_id, since, role)
    select ${accountId}::bigint, told.* from unnest(
      ${roles.map(({ id }) => id)}::bigint[], ${roles.map(({ since }) => since)}::bigint[],
      ${roles.map(({ role }) => role)}::text[]
    ) as told
    on conflict (account_id, user_id, since) do update set role = excluded.role`.execute(tx)
  return newest.filter(({ id }) => !known.has(id)).length
}

type Known = Map<number, { role: string; updatedAt: Instant }>

async function rolesOf(tx: AccountTransaction, users: readonly ExportedUser[]): Promise<Known> {
  const rows = await tx
    .selectFrom('zendesk_user')
    .select(['user_id', 'role', 'updated_at'])
    .where('user_id', '=', sql<number>`any(${users.map(({ id }) => id)}::bigint[])`)
    .execute()
  return new Map(rows.map((row) => [row.user_id, { role: row.role, updatedAt: row.updated_at }]))
}

function newestOfEach(users: readonly ExportedUser[], known: Known): ExportedUser[] {
  const byId = new Map<number, ExportedUser>()
  for (const user of users) {
    const before = byId.get(user.id)?.updatedAt ?? known.get(user.id)?.updatedAt ?? Number.NEGATIVE_INFINITY
    const isOurs = user.role !== 'end-user' || known.has(user.id)
    if (isOurs && user.updatedAt >= before) byId.set(user.id, user)
  }
  return [...byId.values()]
}

export async function keepOrganizations(
  tx: AccountTransaction,
  accountId: number,
  organizations: readonly ExportedOrganization[],
  readAt: Instant,
): Promise<number> {
  const newest = [...new Map(organizations.map((one) => [one.id, one])).values()]
  if (newest.length === 0) return 0
  const { rows: written } = await sql<{ is_new: boolean }>`
    insert into zendesk_organization as kept (account_id, organization_id, name, fields, is_deleted, updated_at, read_at)
    select ${accountId}::bigint, told.*, ${readAt}::bigint from unnest(
      ${newest.map(({ id }) => id)}::bigint[], ${newest.map(({ name }) => name)}::text[],
      ${newest.map(({ fields }) => JSON.stringify(fields))}::jsonb[],
      ${newest.map(({ isDeleted }) => isDeleted)}::boolean[], ${newest.map(({ updatedAt }) => updatedAt)}::bigint[]
    ) as told
    on conflict (account_id, organization_id) do update set
      name = excluded.name, fields = excluded.fields, is_deleted = excluded.is_deleted,
      updated_at = excluded.updated_at, read_at = excluded.read_at
    where (excluded.updated_at, excluded.read_at) >= (kept.updated_at, kept.read_at)
    returning (xmax = 0) as is_new`.execute(tx)
  return written.filter(({ is_new }) => is_new).length
}

/** Keeps the whole list: a group that is in it no more was deleted, and keeps its last name. */
export async function keepGroups(
  tx: AccountTransaction,
  accountId: number,
  groups: readonly ListedGroup[],
  readAt: Instant,
): Promise<number> {
  const ids = groups.map(({ id }) => id)
  const { rows: written } = await sql<{ is_new: boolean }>`
    insert into zendesk_group as kept (account_id, group_id, name, is_deleted, read_at)
    select ${accountId}::bigint, told.*, ${readAt}::bigint from unnest(
      ${ids}::bigint[], ${groups.map(({ name }) => name)}::text[],
      ${groups.map(({ isDeleted }) => isDeleted)}::boolean[]
    ) as told
    on conflict (account_id, group_id) do update set
      name = case when excluded.is_deleted then kept.name else excluded.name end,
      is_deleted = excluded.is_deleted, read_at = excluded.read_at
    where excluded.read_at >= kept.read_at
    returning (xmax = 0) as is_new`.execute(tx)
  await sql`
    update zendesk_group set is_deleted = true, read_at = ${readAt}::bigint
    where group_id <> all(${ids}::bigint[]) and read_at <= ${readAt}::bigint`.execute(tx)
  return written.filter(({ is_new }) => is_new).length
}
