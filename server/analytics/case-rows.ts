import { type RawBuilder, sql } from 'kysely'
import type { MeasureCase, TierStay } from '../../core/metrics/case.ts'

export type CaseRow = Omit<MeasureCase, 'escalationId' | 'ticketId'> & { escalation_id: string; ticket_id: number }
export type StayRow = Omit<TierStay, 'escalationId' | 'ticketId' | 'requestedAt' | 'from' | 'to'> & {
  escalation_id: string
  ticket_id: number
  requested_at: number
  from_at: number
  to_at: number | null
}

/** Columns with their types, in the order in which rows are compared. */
export const CASE_COLUMNS = {
  ...{ ticket_id: 'bigint', measure: 'text', escalation_id: 'text', part: 'int', at: 'bigint', outcome: 'text' },
  ...{ amount: 'int', note: 'text', tier: 'int', queue: 'text', component: 'text', category: 'text' },
  ...{ segment: 'text', severity: 'text', agent: 'bigint', reason: 'text', origin: 'text' },
} as const satisfies Record<keyof CaseRow, string>

export const STAY_COLUMNS = {
  ...{ ticket_id: 'bigint', escalation_id: 'text', part: 'int', tier: 'int', queue: 'text', component: 'text' },
  ...{ category: 'text', segment: 'text', severity: 'text', reason: 'text', origin: 'text', owner: 'bigint' },
  ...{ standing: 'text', requested_at: 'bigint', from_at: 'bigint', to_at: 'bigint' },
} as const satisfies Record<keyof StayRow, string>

export function caseRow({ escalationId, ticketId, ...rest }: MeasureCase): CaseRow {
  return { ticket_id: ticketId, escalation_id: escalationId, ...rest }
}

export function stayRow({ escalationId, ticketId, requestedAt, from, to, ...rest }: TierStay): StayRow {
  return {
    ticket_id: ticketId,
    escalation_id: escalationId,
    requested_at: requestedAt,
    from_at: from,
    to_at: to,
    ...rest,
  }
}

/** The names of columns, for a statement. */
export function listed(columns: Record<string, string>): RawBuilder<unknown> {
  return sql.join(Object.keys(columns).map((name) => sql.ref(name)))
}

/** The names of columns with their types, to read rows from JSON. */
export function typed(columns: Record<string, string>): RawBuilder<unknown> {
  return sql.join(Object.entries(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`))
}

/** The same text for the same row, whatever order its keys are in. */
export function textOf(row: object, columns: Record<string, string>): string {
  const values = row as Record<string, unknown>
  return JSON.stringify(Object.keys(columns).map((name) => values[name] ?? null))
}
