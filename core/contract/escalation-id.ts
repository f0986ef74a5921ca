import { z } from 'zod'

const WRITTEN = /^ESC-(\d{4})-(\d{1,9})$/i

/** An escalation's id as people and programs write it: `ESC-2026-1`, `esc-2026-001` and `ESC-2026-000001` are one. */
export const EscalationId = z
  .string()
  .trim()
  .regex(WRITTEN, 'Must be an escalation id such as ESC-2026-000123')
  .transform(escalationIdOf)

/** The one form in which ids are kept. */
function escalationIdOf(written: string): string {
  const [, year, number] = WRITTEN.exec(written)!
  return `ESC-${year}-${String(Number(number)).padStart(6, '0')}`
}
