import { createHash } from 'node:crypto'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { ApiKey } from '../http/api-keys.ts'

/** A command that a program asked for and our own user writes into the ticket. */
export type ApiCommand = {
  id: string
  ticketId: number
  /** The update it leaves comes after this one. */
  afterAuditId: number
  /** The update it left; null as long as that is not known. */
  auditId: number | null
  /** Somebody is writing it until then. */
  leasedUntil: Instant | null
  requestHash: Buffer
}

export type Asked = { accountId: number; key: Pick<ApiKey, 'id' | 'name'>; idempotencyKey: string | null }

/** Longer than writing takes with every retry, so that nobody writes the same command beside somebody else. */
const LEASE_MS = 5 * MINUTE_MS

/** Null when this key was never used by this program, or none was given. */
export async function findAsked(db: Database, { accountId, key, idempotencyKey }: Asked): Promise<ApiCommand | null> {
  if (idempotencyKey === null) return null
  const row = await inAccount(db, accountId, (tx) =>
    tx
      .selectFrom('api_command')
      .selectAll()
      .where('key_id', '=', key.id)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst(),
  )
  return row ? toCommand(row) : null
}

export type NewCommand = { id: string; ticketId: number; afterAuditId: number; requestHash: Buffer }

/**
 * Takes a command for writing: a new one, or one that was asked for before and is written by nobody. Null when somebody
 * else is writing it or has.
 */
export async function takeCommand(
  db: Database,
  { accountId, key, idempotencyKey }: Asked,
  { id, ticketId, afterAuditId, requestHash }: NewCommand,
  now: Instant,
): Promise<ApiCommand | null> {
  return inAccount(db, accountId, async (tx) => {
    const leased_until = now + LEASE_MS
    const made = await tx
      .insertInto('api_command')
      .values({
        ...{ account_id: accountId, id, key_id: key.id, label: key.name, ticket_id: ticketId },
        ...{ idempotency_key: idempotencyKey, request_hash: requestHash, after_audit_id: afterAuditId },
        ...{ leased_until, audit_id: null, created_at: now },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (made) return toCommand(made)
    const taken = await tx
      .updateTable('api_command')
      .set({ leased_until })
      .where('key_id', '=', key.id)
      .where('idempotency_key', '=', idempotencyKey)
      .where('audit_id', 'is', null)
      .where(({ or, eb }) => or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
      .returningAll()
      .executeTakeFirst()
    return taken ? toCommand(taken) : null
  })
}

/** It is in the ticket. */
export async function markWritten(tx: AccountTransaction, id: string, auditId: number): Promise<void> {
  await tx.updateTable('api_command').set({ audit_id: auditId, leased_until: null }).where('id', '=', id).execute()
}

/** Whether it got into the ticket is not known; whoever asks again finds out. */
export async function letGo(tx: AccountTransaction, id: string): Promise<void> {
  await tx.updateTable('api_command').set({ leased_until: null }).where('id', '=', id).execute()
}

/** The name of the key that had our own user write a command into this ticket; null when none did. */
export async function labelOfCommand(
  tx: AccountTransaction,
  { id, ticket }: { id: string; ticket: number },
): Promise<string | null> {
  const row = await tx
    .selectFrom('api_command')
    .select('label')
    .where('id', '=', id)
    .where('ticket_id', '=', ticket)
    .executeTakeFirst()
  return row?.label ?? null
}

export function requestHashOf(request: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(request), 'utf8').digest()
}

type Row = {
  id: string
  ticket_id: number
  after_audit_id: number
  audit_id: number | null
  leased_until: Instant | null
  request_hash: Buffer
}

function toCommand({ id, ticket_id, after_audit_id, audit_id, leased_until, request_hash }: Row): ApiCommand {
  return {
    ...{ id, ticketId: ticket_id, afterAuditId: after_audit_id, auditId: audit_id },
    ...{ leasedUntil: leased_until, requestHash: request_hash },
  }
}
