import { z } from 'zod'
import { jiraState } from './issue-state.ts'
import { addressIn, type IssueNews, Line, nothing, type Reading, Stamp } from './news.ts'

const Version = z.object({ id: z.string(), released: z.boolean().nullish() })

const Issue = z.object({
  self: z.string(),
  key: z.string(),
  fields: z.object({
    summary: Line,
    updated: Stamp,
    status: z.object({ name: Line, statusCategory: z.object({ key: z.string() }) }),
    resolution: z.object({ name: Line }).nullish(),
    resolutiondate: Stamp.nullish(),
    fixVersions: z.array(Version).nullish(),
  }),
})

const User = z.object({ displayName: Line }).nullish()

/**
 * `jira:issue_*` and `jira:version_released`; Cloud and Data Center send the same.
 * Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
const IssueDelivery = z.object({ user: User, issue: Issue })
const VersionDelivery = z.object({ timestamp: Stamp, version: Version.extend({ self: z.string() }) })

/** @throws {z.ZodError} for what Jira does not send */
export function readJira(body: unknown, reading: Reading): IssueNews {
  const { webhookEvent: event } = z.object({ webhookEvent: z.string() }).parse(body)
  if (['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted'].includes(event)) {
    return issueNews(IssueDelivery.parse(body), event === 'jira:issue_deleted', reading)
  }
  if (event === 'jira:version_released') return releaseNews(VersionDelivery.parse(body), reading)
  return nothing('The event moves no issue.')
}

function issueNews({ user, issue }: z.infer<typeof IssueDelivery>, isDeleted: boolean, reading: Reading): IssueNews {
  const address = addressIn(`${baseOf(issue.self)}/browse/${issue.key}`, 'jira', reading)
  if ('why' in address) return nothing(address.why)
  const { summary, updated, status, resolution, resolutiondate, fixVersions } = issue.fields
  const versions = fixVersions ?? []
  const isInRelease = versions.some(({ released }) => released === true)
  const category = status.statusCategory.key
  const state = jiraState(category, { status: status.name, resolution: resolution?.name ?? null, isInRelease })
  return {
    ...{ kind: 'issue', issue: address, title: summary, state: isDeleted ? 'closed-unfixed' : state, at: updated },
    ...{ closedAt: resolutiondate ?? null, by: user?.displayName ?? null },
    ...{ fixes: [], carriers: versions.map(({ id }) => carrierOf(id)) },
  }
}

/** Jira releases a version without a word on its issues. */
function releaseNews({ timestamp, version }: z.infer<typeof VersionDelivery>, reading: Reading): IssueNews {
  const address = addressIn(`${baseOf(version.self)}/browse/ANY-1`, 'jira', reading)
  if ('why' in address) return nothing(address.why)
  const carrier = carrierOf(version.id)
  return {
    ...{ kind: 'release', tracker: 'jira', host: address.host, release: carrier, names: [carrier], at: timestamp },
    by: null,
  }
}

function carrierOf(versionId: string): string {
  return `version ${versionId}`
}

/** Where Jira lives, from the address of one of its resources. */
function baseOf(self: string): string {
  return self.replace(/\/rest\/.*$/s, '')
}
