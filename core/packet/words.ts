import type { ClockView, Stage } from '../contract/api.ts'
import type { IssueState } from '../engineering/issue-state.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../units.ts'

export const STAGE_WORDS: Record<Stage, string> = {
  requested: 'waits to be accepted',
  accepted: 'accepted',
  investigating: 'being investigated',
  fixing: 'being fixed',
  resolved: 'resolved',
  monitoring: 'fixed, being watched',
  closed: 'closed',
  returned: 'returned',
  rejected: 'rejected',
}

export const CLOCK_WORDS: Record<ClockView['name'], string> = {
  customer: 'Customer',
  'first-response': 'First response',
  resolution: 'Resolution',
  acknowledge: 'Acknowledge',
  investigate: 'Investigate',
  fix: 'Fix',
  'fix-to-customer': 'Fix to customer told',
}

export const ISSUE_WORDS: Record<IssueState, string> = {
  open: 'Open',
  'in-progress': 'In progress',
  'closed-unfixed': 'Closed, not fixed',
  fixed: 'Fixed, not released',
  released: 'Released',
}

export function isoOf(at: Instant): string {
  return new Date(at).toISOString()
}

/** `2026-03-06 10:00 UTC` */
export function showInstant(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}

/** To the minute, and never less than is left: `3 h 12 min`. */
export function showSpan(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS)
  const hours = Math.floor(minutes / (HOUR_MS / MINUTE_MS))
  const rest = minutes % (HOUR_MS / MINUTE_MS)
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
}

/** `wrong_queue` → `wrong queue` */
export function plain(word: string): string {
  return word.replaceAll('_', ' ')
}

/** Whether an address may become a link: nothing that runs, nothing that ends the attribute it stands in. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s<>"\\]+$/i.test(url)
}
