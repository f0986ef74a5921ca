import type { Instant } from '../units.ts'

/**
 * Where engineering stands with an issue. `fixed`: it was closed as done, or its change was merged; nobody can use it
 * yet. `released`: the fix can be had, so the customer is to be told. From the least final to the most.
 */
export const ISSUE_STATES = ['open', 'in-progress', 'closed-unfixed', 'fixed', 'released'] as const
export type IssueState = (typeof ISSUE_STATES)[number]

/** What a tracker said of an issue, and when it became so by the tracker's own time. */
export type IssueStanding = { state: IssueState; at: Instant }

/**
 * Whether one saying holds against another, in whichever order they came: the newer one by the tracker's time. Trackers
 * stamp whole seconds, so of two of one instant the more final one is taken for the later.
 */
export function isNewer(one: IssueStanding, other: IssueStanding): boolean {
  if (one.at !== other.at) return one.at > other.at
  return ISSUE_STATES.indexOf(one.state) > ISSUE_STATES.indexOf(other.state)
}

/** @param reason GitHub's `state_reason`; older servers don't give one */
export function gitHubIssueState(state: string, reason: string | null, isAssigned: boolean): IssueState {
  if (state !== 'closed') return isAssigned ? 'in-progress' : 'open'
  return reason === 'not_planned' || reason === 'duplicate' ? 'closed-unfixed' : 'fixed'
}

/** A pull or merge request that is open is somebody's work. */
export function changeState(state: string, isMerged: boolean): IssueState {
  if (isMerged) return 'fixed'
  return state === 'closed' ? 'closed-unfixed' : 'in-progress'
}

/** GitLab has no reason for closing; a label such as `wontfix`, or a link to a duplicate, stands for one. */
export function gitLabIssueState(
  state: string,
  { labels, isAssigned, isDuplicate }: { labels: readonly string[]; isAssigned: boolean; isDuplicate: boolean },
): IssueState {
  if (state !== 'closed') return isAssigned ? 'in-progress' : 'open'
  return isDuplicate || labels.some(meansUnfixed) ? 'closed-unfixed' : 'fixed'
}

/** @param category key of the status category: `new`, `indeterminate`, `done` */
export function jiraState(
  category: string,
  { status, resolution, isInRelease }: { status: string; resolution: string | null; isInRelease: boolean },
): IssueState {
  if (category === 'indeterminate') return 'in-progress'
  if (category !== 'done') return 'open'
  if (meansUnfixed(resolution ?? status)) return 'closed-unfixed'
  return isInRelease || meansReleased(status) ? 'released' : 'fixed'
}

/** @param type of the workflow state: `triage`, `backlog`, `unstarted`, `started`, `completed`, `canceled`, `duplicate` */
export function linearState(type: string, name: string): IssueState {
  if (type === 'started') return 'in-progress'
  if (type === 'canceled' || type === 'duplicate') return 'closed-unfixed'
  if (type !== 'completed') return 'open'
  return meansReleased(name) ? 'released' : 'fixed'
}

const UNFIXED =
  /\b(won.?t.?(do|fix)|duplicate|cannot|can.?t|declined|invalid|reject(ed)?|incomplete|not.?(a.?bug|an.?issue|reproducible|planned|done|fixed)|obsolete|abandoned|cancell?ed|(as|by).design|works.as|nicht|duplikat|abgelehnt|verworfen)\b|^unvollst|^ungültig/i

/** Words of English and German resolutions for what was not fixed; every other word counts as fixed, never as released. */
function meansUnfixed(word: string): boolean {
  return UNFIXED.test(word)
}

const RELEASED = /^(released|shipped|deployed|live|in production|veröffentlicht|ausgeliefert|produktiv)$/i

/** A closed status that says itself that the fix is out. */
function meansReleased(word: string): boolean {
  return RELEASED.test(word.trim())
}
