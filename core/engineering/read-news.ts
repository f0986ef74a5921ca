import type { IssueNews, Reading } from './news.ts'
import { readGitHub } from './read-github.ts'
import { readGitLab } from './read-gitlab.ts'
import { readJira } from './read-jira.ts'
import { readLinear } from './read-linear.ts'
import type { Tracker } from './tracker.ts'

const READERS: Record<Tracker, (body: unknown, reading: Reading) => IssueNews> = {
  github: readGitHub,
  gitlab: readGitLab,
  jira: readJira,
  linear: readLinear,
}

/**
 * What a delivery of a tracker tells. Which event it is, is read from the body alone: headers are not signed.
 *
 * @throws {z.ZodError} for a body that is not the tracker's
 */
export function readNews(tracker: Tracker, body: unknown, reading: Reading): IssueNews {
  return READERS[tracker](body, reading)
}
