import { z } from 'zod'
import { changeState, gitHubIssueState } from './issue-state.ts'
import { closedBy, mentionsIn } from './mentions.ts'
import { addressIn, type IssueNews, Line, nothing, type Reading, Stamp } from './news.ts'

const Common = {
  title: Line,
  html_url: z.string(),
  state: z.string(),
  updated_at: Stamp,
  closed_at: Stamp.nullish(),
}

const Issue = z.object({
  ...Common,
  state_reason: z.string().nullish(),
  assignees: z.array(z.unknown()).nullish(),
  /** Of a comment on a pull request, which is an issue to GitHub. */
  pull_request: z.object({ merged_at: z.string().nullish() }).nullish(),
})

const PullRequest = z.object({ ...Common, merged: z.boolean().nullish(), body: z.string().nullish() })

const Release = z.object({
  tag_name: Line,
  body: z.string().nullish(),
  draft: z.boolean().nullish(),
  prerelease: z.boolean().nullish(),
  published_at: Stamp.nullish(),
})

/**
 * The events `issues`, `issue_comment`, `pull_request` and `release`, told apart by what is in them.
 * Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
const Delivery = z.object({
  action: z.string().nullish(),
  issue: Issue.nullish(),
  pull_request: PullRequest.nullish(),
  release: Release.nullish(),
  comment: z.unknown().optional(),
  repository: z.object({ full_name: z.string(), html_url: z.string() }).nullish(),
  sender: z.object({ login: Line }).nullish(),
})
type Delivery = z.infer<typeof Delivery>

/** @throws {z.ZodError} for what GitHub does not send */
export function readGitHub(body: unknown, reading: Reading): IssueNews {
  const delivery = Delivery.parse(body)
  // It goes on under an address that only GitHub's API tells.
  if (delivery.action === 'transferred') return nothing('An issue that was transferred is linked anew.')
  if (delivery.release) return releaseNews(delivery, delivery.release, reading)
  if (delivery.pull_request) return pullRequestNews(delivery, delivery.pull_request, reading)
  if (delivery.issue) return issueNews(delivery, delivery.issue, reading)
  return nothing('The event moves no issue.')
}

function issueNews({ action, comment, sender }: Delivery, issue: z.infer<typeof Issue>, reading: Reading): IssueNews {
  const address = addressIn(issue.html_url, 'github', reading)
  if ('why' in address) return nothing(address.why)
  const { title, state, state_reason: reason = null, assignees, pull_request: pull } = issue
  const isDeleted = action === 'deleted' && comment === undefined
  const asItIs = pull
    ? changeState(state, (pull.merged_at ?? null) !== null)
    : gitHubIssueState(state, reason, (assignees ?? []).length > 0)
  return {
    ...{ kind: 'issue', issue: address, title, state: isDeleted ? 'closed-unfixed' : asItIs },
    ...{ at: issue.updated_at, closedAt: issue.closed_at ?? null, by: sender?.login ?? null, fixes: [], carriers: [] },
  }
}

function pullRequestNews({ sender }: Delivery, pull: z.infer<typeof PullRequest>, reading: Reading): IssueNews {
  const address = addressIn(pull.html_url, 'github', reading)
  if ('why' in address) return nothing(address.why)
  const isMerged = pull.merged ?? false
  const place = { ...reading, tracker: 'github', host: address.host, project: projectOf(address.key) } as const
  return {
    ...{ kind: 'issue', issue: address, title: pull.title, state: changeState(pull.state, isMerged) },
    ...{ at: pull.updated_at, closedAt: pull.closed_at ?? null, by: sender?.login ?? null },
    ...{ fixes: isMerged ? closedBy(pull.body ?? '', place) : [], carriers: [] },
  }
}

/** What a release carries is what its notes name; the notes GitHub writes by itself name every pull request. */
function releaseNews(
  { action, repository, sender }: Delivery,
  release: z.infer<typeof Release>,
  { hosts }: Reading,
): IssueNews {
  const { draft, prerelease, published_at: at, tag_name: tag, body } = release
  const isOut = ['published', 'released', 'edited'].includes(action ?? '') && !draft && !prerelease
  if (!repository || !isOut || (at ?? null) === null) return nothing('The release is not out.')
  // The address of a repository alone is none of an issue; that of its first issue says where it lives.
  const address = addressIn(`${repository.html_url}/issues/1`, 'github', { hosts })
  if ('why' in address) return nothing(address.why)
  const project = projectOf(address.key)
  const names = mentionsIn(body ?? '', { hosts, tracker: 'github', host: address.host, project })
  return {
    ...({
      kind: 'release',
      tracker: 'github',
      host: address.host,
      release: `${project}@${tag}`,
      names,
      at: at!,
    } as const),
    by: sender?.login ?? null,
  }
}

function projectOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'))
}
