import { readIssueUrl } from './issue-url.ts'
import type { Tracker, TrackerHosts } from './tracker.ts'

/** Where a text stands: `#12` means an issue of its own project. */
export type TextPlace = { tracker: 'github' | 'gitlab'; host: string; project: string; hosts: TrackerHosts }

const MOST = 2000

/** An address, or a reference such as `#12`, `!7` (GitLab's merge requests), `acme/shop#12`, `GH-12`. */
const REFERENCE =
  /https?:\/\/[^\s<>()[\]"'`]{1,500}|(?<![\w/.-])((?:[\w.-]{1,100}\/){1,20}[\w.-]{1,100})?([#!])(\d{1,10})\b|(?<!\w)GH-(\d{1,10})\b/g

/** Keys of the issues and changes that a text names, each once. */
export function mentionsIn(text: string, place: TextPlace): string[] {
  const found = new Set<string>()
  for (const [whole, project, sign, number, short] of text.matchAll(REFERENCE)) {
    const key = keyOf({ whole, project, sign, number, short }, place)
    if (key !== null) found.add(key)
    if (found.size === MOST) break
  }
  return [...found]
}

type Reference = Record<'whole' | 'project' | 'sign' | 'number' | 'short', string | undefined>

function keyOf({ whole = '', project, sign, number, short }: Reference, place: TextPlace): string | null {
  if (short !== undefined) return place.tracker === 'github' ? `${place.project}#${short}` : null
  if (number === undefined) {
    const read = readIssueUrl(whole.replace(/[.,;:!?]+$/, ''), place.hosts)
    return read.ok && isAt(read.issue, place) ? read.issue.key : null
  }
  if (sign === '!' && place.tracker === 'github') return null
  return `${(project ?? place.project).toLowerCase()}${sign}${number}`
}

function isAt(issue: { tracker: Tracker; host: string }, { tracker, host }: TextPlace): boolean {
  return issue.tracker === tracker && issue.host === host
}

/**
 * What both trackers take as "this change closes": a word, then references in a row.
 * Sources: https://docs.github.com/en/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
 * and https://docs.gitlab.com/user/project/issues/managing_issues/#default-closing-pattern
 */
const CLOSING =
  /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)\b:?[ \t]+((?:issues?[ \t]+)?[^\s,]{1,500}(?:(?:,[ \t]*(?:and[ \t]+)?|[ \t]+and[ \t]+)[^\s,]{1,500}){0,20})/gi

/** Keys of the issues that a change closes once it is merged, as its description says. */
export function closedBy(text: string, place: TextPlace): string[] {
  const rows = [...text.matchAll(CLOSING)].map(([, row = '']) => row)
  return mentionsIn(rows.join('\n'), place).filter((key) => key.includes('#'))
}
