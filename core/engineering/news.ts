import { z } from 'zod'
import type { Instant } from '../units.ts'
import type { IssueState } from './issue-state.ts'
import { readIssueUrl } from './issue-url.ts'
import type { IssueAddress, Tracker, TrackerHosts } from './tracker.ts'

/** What one delivery of a tracker tells us. */
export type IssueNews =
  | {
      kind: 'issue'
      issue: IssueAddress
      title: string | null
      state: IssueState
      /** When the tracker last changed it: the newer news holds. */
      at: Instant
      /** Since when it has been closed, where the tracker says so. */
      closedAt: Instant | null
      by: string | null
      /** Keys of the issues that this merged change fixes. */
      fixes: string[]
      /** What a release may name besides the issue's key when it carries the fix. */
      carriers: string[]
    }
  /** A release is out; `names` are the keys and carriers of what is in it. */
  | {
      kind: 'release'
      tracker: Tracker
      host: string
      release: string
      names: string[]
      at: Instant
      by: string | null
    }
  /** Nothing that moves an issue. */
  | { kind: 'nothing'; why: string }

export type Reading = { hosts: TrackerHosts }

export function nothing(why: string): IssueNews {
  return { kind: 'nothing', why }
}

/** The address of what a delivery is about, or the reason why it means nothing to us. */
export function addressIn(url: string, tracker: Tracker, { hosts }: Reading): IssueAddress | { why: string } {
  const read = readIssueUrl(url, hosts)
  if (!read.ok) return { why: read.message }
  return read.issue.tracker === tracker ? read.issue : { why: `${read.issue.host} is another tracker's.` }
}

const MOST_TITLE = 1000

/** A line of a tracker's; PostgreSQL keeps no NUL. */
export const Line = z.string().transform((text) => text.replaceAll('\0', '').slice(0, MOST_TITLE))

/**
 * An instant as trackers write it: ISO 8601, with a space for the T (`2017-09-15 16:50:55 UTC`), with an offset without
 * colon (`2026-03-06T11:00:00.000+0100`), or in milliseconds.
 */
export const Stamp = z.union([z.int().positive(), z.string()]).transform((value, context): Instant => {
  const at = typeof value === 'number' ? value : Date.parse(isoOf(value))
  if (!Number.isNaN(at)) return at
  context.addIssue({ code: 'custom', message: 'Must be an instant' })
  return z.NEVER
})

function isoOf(text: string): string {
  return text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
    .replace(/ ?UTC$/, 'Z')
    .replace(/ ?([+-]\d\d)(\d\d)$/, '$1:$2')
}
