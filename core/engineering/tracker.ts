/** Where engineering keeps its issues. */
export const TRACKERS = ['github', 'gitlab', 'jira', 'linear'] as const
export type Tracker = (typeof TRACKERS)[number]

export const TRACKER_NAMES: Readonly<Record<Tracker, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  jira: 'Jira',
  linear: 'Linear',
}

/**
 * Trackers a company runs itself: `git.acme.com`, with a port or a path where it lives under one
 * (`acme.com:8443/gitlab`). The public ones are known without being named.
 */
export type TrackerHosts = Readonly<Partial<Record<Tracker, readonly string[]>>>

/** One issue, or pull or merge request. Tracker, host and key tell it from every other; all three are in one spelling. */
export type IssueAddress = {
  tracker: Tracker
  /** `github.com`, `acme.atlassian.net`; with the workspace for Linear: `linear.app/acme`. */
  host: string
  /** `acme/shop#12`, `acme/web/shop!7`, `SHOP-12`. */
  key: string
  url: string
}

export function isTracker(text: string): text is Tracker {
  return (TRACKERS as readonly string[]).includes(text)
}

/** Whether two addresses are of one issue, however each was written. */
export function isSameIssue(a: Omit<IssueAddress, 'url'>, b: Omit<IssueAddress, 'url'>): boolean {
  return a.tracker === b.tracker && a.host === b.host && a.key === b.key
}
