import { z } from 'zod'
import { changeState, gitLabIssueState } from './issue-state.ts'
import { closedBy, mentionsIn } from './mentions.ts'
import { addressIn, type IssueNews, Line, nothing, type Reading, Stamp } from './news.ts'

const Project = z.object({ web_url: z.string() })
const User = z.object({ name: Line }).nullish()
const Label = z.object({ title: z.string() })

const Attributes = z.object({
  title: Line,
  state: z.string(),
  url: z.string(),
  updated_at: Stamp,
  closed_at: Stamp.nullish(),
  merged_at: Stamp.nullish(),
  description: z.string().nullish(),
  assignee_ids: z.array(z.unknown()).nullish(),
  duplicated_to_id: z.int().nullish(),
})

/**
 * The hooks for issues, merge requests and releases.
 * Source: https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
const Delivery = z.discriminatedUnion('object_kind', [
  z.object({
    object_kind: z.enum(['issue', 'work_item']),
    user: User,
    labels: z.array(Label).nullish(),
    object_attributes: Attributes,
  }),
  z.object({ object_kind: z.literal('merge_request'), user: User, object_attributes: Attributes }),
  z.object({
    object_kind: z.literal('release'),
    action: z.string(),
    tag: Line,
    description: z.string().nullish(),
    released_at: Stamp,
    project: Project,
  }),
])
type Delivery = z.infer<typeof Delivery>

const KINDS = ['issue', 'work_item', 'merge_request', 'release']

/** @throws {z.ZodError} for what GitLab does not send */
export function readGitLab(body: unknown, reading: Reading): IssueNews {
  const { object_kind: kind } = z.object({ object_kind: z.string() }).parse(body)
  if (!KINDS.includes(kind)) return nothing('The event moves no issue.')
  const delivery = Delivery.parse(body)
  return delivery.object_kind === 'release' ? releaseNews(delivery, reading) : issueNews(delivery, reading)
}

function issueNews(delivery: Exclude<Delivery, { object_kind: 'release' }>, reading: Reading): IssueNews {
  const { user, object_attributes: its } = delivery
  const address = addressIn(its.url, 'gitlab', reading)
  if ('why' in address) return nothing(address.why)
  const isMerged = delivery.object_kind === 'merge_request' && its.state === 'merged'
  const place = { ...reading, tracker: 'gitlab', host: address.host, project: projectOf(address.key) } as const
  return {
    ...{ kind: 'issue', issue: address, title: its.title, state: stateOf(delivery), at: its.updated_at },
    ...{ closedAt: its.closed_at ?? its.merged_at ?? null, by: user?.name ?? null },
    ...{ fixes: isMerged ? closedBy(its.description ?? '', place) : [], carriers: [] },
  }
}

function stateOf(delivery: Exclude<Delivery, { object_kind: 'release' }>) {
  const { state, assignee_ids: assignees, duplicated_to_id: duplicateOf } = delivery.object_attributes
  if (delivery.object_kind === 'merge_request') return changeState(state, state === 'merged')
  return gitLabIssueState(state, {
    labels: (delivery.labels ?? []).map(({ title }) => title),
    isAssigned: (assignees ?? []).length > 0,
    isDuplicate: (duplicateOf ?? null) !== null,
  })
}

/** What a release carries is what its notes name. */
function releaseNews(release: Extract<Delivery, { object_kind: 'release' }>, { hosts }: Reading): IssueNews {
  if (release.action === 'delete') return nothing('The release was deleted.')
  // The address of a project alone is none of an issue; that of its first issue says where it lives.
  const address = addressIn(`${release.project.web_url}/-/issues/1`, 'gitlab', { hosts })
  if ('why' in address) return nothing(address.why)
  const { host } = address
  const project = projectOf(address.key)
  const names = mentionsIn(release.description ?? '', { hosts, tracker: 'gitlab', host, project })
  const at = release.released_at
  return { kind: 'release', tracker: 'gitlab', host, release: `${project}@${release.tag}`, names, at, by: null }
}

function projectOf(key: string): string {
  return key.slice(0, Math.max(key.lastIndexOf('#'), key.lastIndexOf('!')))
}
