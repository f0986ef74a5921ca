import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { loadPolicy, type Policy, type PolicyProblem } from '../../core/policy/load.ts'
import { groupsOf } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { Tables } from '../db/schema.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { keepVersions, lockSchedules } from '../schedules/keep-versions.ts'
import { schedulesInZendesk, schedulesWritten, usesZendesk } from '../schedules/read-schedules.ts'
import { keepStanding } from '../schedules/standing.ts'
import { readVersions } from '../schedules/versions.ts'
import type { ZendeskSchedules } from '../zendesk/schedules.ts'
import { keptPolicy } from './policy-cache.ts'

export type PolicyToSave = {
  yaml: string
  author: string
  reason: string
  now: Instant
  /** Whether the account's Zendesk has a group of that name; not asked when left out. */
  groupExists?: (name: string) => boolean | Promise<boolean>
  /** Zendesk's schedules; left out, those the policy takes from there are read by the next pass of `schedules`. */
  zendesk?: ZendeskSchedules
  /** Counts deadlines anew when a schedule changed; left out by a server that starts, which does so anyway. */
  jobs?: Pick<Jobs, 'enqueue'>
}

export type SavedPolicy =
  | { ok: true; policy: Policy; warnings: PolicyProblem[] }
  | { ok: false; problems: PolicyProblem[] }

/** An account without a policy; a server gives it one when it starts. */
export class NoPolicy extends Error {
  override readonly name = 'NoPolicy'

  constructor(accountId: number) {
    super(`Account ${accountId} has no policy yet: run "baton setup"`)
  }
}

/** Says what is wrong with a policy, if anything. Its version is a digest of the text. */
export async function checkPolicy({
  yaml,
  groupExists,
}: Pick<PolicyToSave, 'yaml' | 'groupExists'>): Promise<SavedPolicy> {
  const loaded = loadPolicy(yaml, createHash('sha256').update(yaml).digest('hex').slice(0, 12))
  if (!loaded.ok) return loaded
  const problems = groupExists ? await missingGroups(loaded, groupExists) : []
  return problems.length > 0 ? { ok: false, problems } : { ok: true, policy: loaded.policy, warnings: loaded.warnings }
}

/**
 * Checks a policy and, only when nothing is wrong with it, makes it the one in force from `now` on. A refused policy
 * leaves the running one as it is. Saving what is in force already changes nothing. Its schedules are kept with it, and
 * count from `now` on.
 */
export async function savePolicy(
  db: Kysely<Tables>,
  accountId: number,
  { yaml, author, reason, now, groupExists, zendesk, jobs }: PolicyToSave,
): Promise<SavedPolicy> {
  const loaded = await checkPolicy({ yaml, ...(groupExists && { groupExists }) })
  if (!loaded.ok) return loaded
  const content = loaded.policy.version

  const version = await withinAccount(db, accountId, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('policy'), ${accountId})`.execute(tx)
    const stored = await newestFirst(tx, accountId).select(['version', 'yaml', 'created_at']).execute()
    const changed = await keepSchedules(tx, accountId, loaded.policy, { zendesk, now })
    if (changed.length > 0) await jobs?.enqueue(tx, 'recount', { accountId })
    if (stored[0]?.yaml === yaml) return stored[0].version
    // An earlier policy that comes back is a new version: history is never rewritten.
    const names = new Set(stored.map((row) => row.version))
    let free = content
    for (let again = 2; names.has(free); again++) free = `${content}-${again}`
    // Two saves at one instant keep their order.
    const createdAt = Math.max(now, ...stored.map((row) => row.created_at + 1))
    const row = { account_id: accountId, version: free, yaml, author, reason, effective_at: now, created_at: createdAt }
    await tx.insertInto('policy_version').values(row).execute()
    return free
  })
  return { ok: true, policy: { ...loaded.policy, version }, warnings: loaded.warnings }
}

/**
 * The policy in force at `now`.
 *
 * @throws {NoPolicy} when the account has none
 */
export async function currentPolicy(db: Kysely<Tables>, accountId: number, now: Instant): Promise<Policy> {
  return withinAccount(db, accountId, async (tx) => {
    const row = await newestFirst(tx, accountId)
      .where('effective_at', '<=', now)
      .select(['version', digestOfYaml])
      .limit(1)
      .executeTakeFirst()
    if (!row) throw new NoPolicy(accountId)
    return keptPolicy(row.version, row.digest, () => readYaml(tx, accountId, row.version))
  })
}

/** The policy in force at `now` as it was written, and who put it in force when and why. */
export type PolicyVersion = { version: string; yaml: string; author: string; reason: string; effectiveAt: Instant }

/** @throws {NoPolicy} when the account has none */
export async function currentPolicyVersion(
  db: Kysely<Tables>,
  accountId: number,
  now: Instant,
): Promise<PolicyVersion> {
  return withinAccount(db, accountId, async (tx) => {
    const row = await newestFirst(tx, accountId)
      .where('effective_at', '<=', now)
      .select(['version', 'yaml', 'author', 'reason', 'effective_at'])
      .limit(1)
      .executeTakeFirst()
    if (!row) throw new NoPolicy(accountId)
    const { effective_at: effectiveAt, ...rest } = row
    return { ...rest, effectiveAt }
  })
}

/** The YAML that somebody saved last, whatever is in force now; null when they never did. */
export async function lastSavedBy(db: Kysely<Tables>, accountId: number, author: string): Promise<string | null> {
  return withinAccount(db, accountId, async (tx) => {
    const row = await newestFirst(tx, accountId).where('author', '=', author).select('yaml').limit(1).executeTakeFirst()
    return row?.yaml ?? null
  })
}

/** The policy of a version, whatever is in force now; null when the account never had it. */
export async function policyOfVersion(db: Kysely<Tables>, accountId: number, version: string): Promise<Policy | null> {
  return withinAccount(db, accountId, async (tx) => {
    const row = await tx
      .selectFrom('policy_version')
      .where('account_id', '=', accountId)
      .where('version', '=', version)
      .select(digestOfYaml)
      .executeTakeFirst()
    return row ? keptPolicy(version, row.digest, () => readYaml(tx, accountId, version)) : null
  })
}

async function keepSchedules(
  tx: AccountTransaction,
  accountId: number,
  policy: Policy,
  { zendesk, now }: { zendesk: ZendeskSchedules | undefined; now: Instant },
): Promise<string[]> {
  await lockSchedules(tx, accountId)
  const written = schedulesWritten(policy)
  if (!zendesk || !usesZendesk(policy)) return keepVersions(tx, accountId, written, now)
  const { read, troubles } = schedulesInZendesk(policy, zendesk, await readVersions(tx))
  await keepStanding(tx, accountId, { readAt: now, troubles })
  return keepVersions(tx, accountId, [...written, ...read], now)
}

function newestFirst(tx: Kysely<Tables>, accountId: number) {
  return tx
    .selectFrom('policy_version')
    .where('account_id', '=', accountId)
    .orderBy('effective_at', 'desc')
    .orderBy('created_at', 'desc')
}

/** The digest spares us the text itself, which only a version not met before is read for. */
const digestOfYaml = sql<string>`encode(sha256(convert_to(yaml, 'UTF8')), 'hex')`.as('digest')

async function readYaml(tx: Kysely<Tables>, accountId: number, version: string): Promise<string> {
  const { yaml } = await tx
    .selectFrom('policy_version')
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .select('yaml')
    .executeTakeFirstOrThrow()
  return yaml
}

/** Joins the caller's transaction, which is in its account already, or opens one. */
function withinAccount<T>(
  db: Kysely<Tables>,
  accountId: number,
  run: (tx: AccountTransaction) => Promise<T>,
): Promise<T> {
  return db.isTransaction ? run(db as AccountTransaction) : inAccount(db, accountId, run)
}

async function missingGroups(
  { policy, locate }: { policy: Policy; locate: (path: string) => { line: number; column: number } },
  groupExists: (name: string) => boolean | Promise<boolean>,
): Promise<PolicyProblem[]> {
  const problems: PolicyProblem[] = []
  for (const { group, writtenAt } of groupsOf(policy)) {
    if (await groupExists(group)) continue
    const message = `Zendesk has no group "${group}"; create it or name another`
    problems.push({ ...locate(writtenAt), path: writtenAt, message, meant: null })
  }
  return problems.sort((a, b) => a.line - b.line || a.column - b.column)
}
