import type { AuditMeans } from '../../../core/audit/finding.ts'
import type { TicketChange } from '../../../core/audit/update.ts'
import { MINUTE_MS } from '../../../core/units.ts'

export const [ANA, BO, JANE] = [11, 21, 31]
export const START = Date.parse('2026-03-09T09:00:00Z')

/** An update: minutes after the start, by whom, and what changed: `status: open>pending`, `public: 300` (its length), `private`. */
export type Told = [minutes: number, by: number, ...what: string[]]

export function history(told: readonly Told[], { rule = null as number | null, ticketId = 7 } = {}): TicketChange[] {
  return told.flatMap(([minutes, byId, ...what], index) =>
    what.map((text, part) => {
      const [field, moved = ''] = text.split(': ')
      const [previous, value] = moved.split('>')
      const base = { ticketId, auditId: 100 + index, at: START + minutes * MINUTE_MS, part, byId, ruleId: rule }
      if (field === 'public' || field === 'private')
        return { ...base, field: 'comment', value: field, previous: moved || null }
      return { ...base, field: field!, previous: previous || null, value: value || null }
    }),
  )
}

export function means(overrides: Partial<AuditMeans> = {}): AuditMeans {
  return {
    ...{ ticketId: 7, deadlines: [], now: START + 7 * 24 * 60 * MINUTE_MS },
    isAgent: (id) => id === ANA || id === BO,
    ...overrides,
  }
}
