/** Deliveries as the trackers document them, cut down to what is read and some of what is not. */

type Given = Record<string, unknown>

/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues */
export function gitHubIssue(given: Given & { action?: string; number?: number; repository?: string } = {}): Given {
  const { action = 'edited', number = 12, repository = 'Acme/Shop', ...issue } = given
  return {
    action,
    issue: {
      url: `https://api.github.com/repos/${repository}/issues/${number}`,
      html_url: `https://github.com/${repository}/issues/${number}`,
      id: 444500041,
      node_id: 'MDU6SXNzdWU0NDQ1MDAwNDE=',
      number,
      title: 'Session cookie expires too early',
      user: { login: 'Codertocat', id: 21031067, type: 'User' },
      labels: [{ id: 1362934389, name: 'bug', color: 'd73a4a', default: true }],
      state: 'open',
      state_reason: null,
      locked: false,
      assignees: [],
      comments: 0,
      created_at: '2026-03-05T15:20:18Z',
      updated_at: '2026-03-06T10:00:00Z',
      closed_at: null,
      body: 'Customers are signed out after five minutes.',
      ...issue,
    },
    ...gitHubRepository(repository),
  }
}

/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
export function gitHubPullRequest(given: Given & { number?: number; repository?: string } = {}): Given {
  const { number = 15, repository = 'Acme/Shop', ...pull } = given
  return {
    action: pull.merged ? 'closed' : 'opened',
    number,
    pull_request: {
      html_url: `https://github.com/${repository}/pull/${number}`,
      number,
      title: 'Keep the session cookie for a day',
      state: pull.merged ? 'closed' : 'open',
      draft: false,
      merged: false,
      body: 'Fixes #12',
      updated_at: '2026-03-06T11:00:00Z',
      closed_at: pull.merged ? '2026-03-06T11:00:00Z' : null,
      merged_at: pull.merged ? '2026-03-06T11:00:00Z' : null,
      base: { ref: 'main' },
      ...pull,
    },
    ...gitHubRepository(repository),
  }
}

/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#release */
export function gitHubRelease(given: Given & { action?: string; repository?: string } = {}): Given {
  const { action = 'published', repository = 'Acme/Shop', ...release } = given
  return {
    action,
    release: {
      html_url: `https://github.com/${repository}/releases/tag/v1.4.0`,
      id: 17372790,
      tag_name: 'v1.4.0',
      name: 'v1.4.0',
      draft: false,
      prerelease: false,
      created_at: '2026-03-06T12:00:00Z',
      published_at: '2026-03-06T12:00:00Z',
      body: `## What's Changed\n* Keep the session cookie for a day by @codertocat in https://github.com/${repository}/pull/15\n`,
      ...release,
    },
    ...gitHubRepository(repository),
  }
}

function gitHubRepository(repository: string): Given {
  return {
    repository: { id: 186853002, full_name: repository, html_url: `https://github.com/${repository}`, private: true },
    sender: { login: 'Codertocat', id: 21031067, type: 'User', site_admin: false },
  }
}

/** Source: https://docs.gitlab.com/user/project/integrations/webhook_events/#work-item-events */
export function gitLabIssue(given: Given & { labels?: Given[]; base?: string } = {}): Given {
  const { labels = [], base = 'https://gitlab.com/acme/web/shop', ...attributes } = given
  return {
    object_kind: 'issue',
    event_type: 'issue',
    user: { id: 1, name: 'Administrator', username: 'root', email: 'admin@example.com' },
    project: { id: 1, name: 'Shop', web_url: base, path_with_namespace: 'acme/web/shop' },
    object_attributes: {
      id: 301,
      iid: 12,
      title: 'Session cookie expires too early',
      description: 'Customers are signed out after five minutes.',
      assignee_ids: [],
      state_id: 1,
      state: 'opened',
      created_at: '2026-03-05 15:31:46 UTC',
      updated_at: '2026-03-06 10:00:00 UTC',
      closed_at: null,
      url: `${base}/-/issues/12`,
      action: 'update',
      ...attributes,
    },
    labels,
    changes: { updated_at: { previous: '2026-03-05 15:31:46 UTC', current: '2026-03-06 10:00:00 UTC' } },
  }
}

/** Source: https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events */
export function gitLabMergeRequest(given: Given = {}): Given {
  const base = 'https://gitlab.com/acme/web/shop'
  return {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: { id: 1, name: 'Administrator', username: 'root' },
    project: { id: 1, web_url: base, path_with_namespace: 'acme/web/shop' },
    object_attributes: {
      iid: 7,
      title: 'Keep the session cookie for a day',
      description: 'Closes #12',
      state: 'opened',
      source_branch: 'cookie',
      target_branch: 'main',
      updated_at: '2026-03-06 11:00:00 UTC',
      url: `${base}/-/merge_requests/7`,
      action: 'open',
      ...given,
    },
    labels: [],
  }
}

/** Source: https://docs.gitlab.com/user/project/integrations/webhook_events/#release-events */
export function gitLabRelease(given: Given = {}): Given {
  const base = 'https://gitlab.com/acme/web/shop'
  return {
    id: 1,
    object_kind: 'release',
    name: 'v1.1',
    tag: 'v1.1',
    description: '- Keep the session cookie for a day (!7)',
    created_at: '2026-03-06 12:00:00 UTC',
    released_at: '2026-03-06 12:00:00 UTC',
    project: { id: 2, web_url: base, path_with_namespace: 'acme/web/shop' },
    url: `${base}/-/releases/v1.1`,
    action: 'create',
    commit: { id: 'ee0a3fb31ac16e11b9dbb596ad16d4af654d08f8' },
    ...given,
  }
}

export type JiraGiven = {
  event?: string
  base?: string
  key?: string
  category?: string
  status?: string
  resolution?: string | null
  updated?: string
  resolved?: string | null
  versions?: { id: string; released: boolean }[]
}

/** Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/#example-callback-for-an-issue-related-event */
export function jiraIssue(given: JiraGiven = {}): Given {
  const { event = 'jira:issue_updated', base = 'https://acme.atlassian.net', key = 'SHOP-12' } = given
  const { category = 'new', status = 'To Do', resolution = null, versions = [] } = given
  return {
    timestamp: 1772791200000,
    webhookEvent: event,
    issue_event_type_name: 'issue_generic',
    user: { accountId: '99:27935d01', displayName: 'Bryan Rollins', active: true },
    issue: {
      id: '99291',
      self: `${base}/rest/api/2/issue/99291`,
      key,
      fields: {
        summary: 'Session cookie expires too early',
        created: '2026-03-05T15:46:10.612+0100',
        updated: given.updated ?? '2026-03-06T11:00:00.000+0100',
        status: {
          self: `${base}/rest/api/2/status/10000`,
          name: status,
          id: '10000',
          statusCategory: { id: 2, key: category, colorName: 'blue-gray', name: status },
        },
        resolution: resolution === null ? null : { name: resolution, id: '10000' },
        resolutiondate: given.resolved ?? null,
        fixVersions: versions.map((version) => ({ ...version, name: `1.${version.id}`, archived: false })),
        labels: ['cookie'],
        priority: { name: 'Minor', id: '4' },
      },
    },
    changelog: { id: 10124, items: [{ field: 'status', fieldtype: 'jira', from: '1', to: '2' }] },
  }
}

/** Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/#version-events */
export function jiraVersionReleased(id: string, timestamp: number, base = 'https://acme.atlassian.net'): Given {
  const version = { self: `${base}/rest/api/2/version/${id}`, id, name: `1.${id}`, archived: false, released: true }
  return { timestamp, webhookEvent: 'jira:version_released', version: { ...version, projectId: 10000 } }
}

/** Source: https://linear.app/developers/webhooks#the-webhook-payload */
export function linearIssue(given: Given & { action?: string; sentAt?: number } = {}): Given {
  const { action = 'update', sentAt = Date.parse('2026-03-06T10:00:00Z'), ...data } = given
  const url = 'https://linear.app/acme/issue/SHOP-12/session-cookie-expires-too-early'
  return {
    action,
    type: 'Issue',
    actor: { id: 'b5ea5f1f', type: 'user', name: 'Jori Lallo', email: 'jori@example.com' },
    createdAt: '2026-03-06T10:00:00.000Z',
    data: {
      id: '539068e2-ae88-4d09-bd75-22eb4a59612f',
      identifier: 'SHOP-12',
      title: 'Session cookie expires too early',
      url,
      createdAt: '2026-03-05T12:53:18.084Z',
      updatedAt: '2026-03-06T10:00:00.000Z',
      team: { id: '72b2a2dc', key: 'SHOP', name: 'Shop' },
      state: { id: '2e6cbd2e', color: '#f2c94c', name: 'Todo', type: 'unstarted' },
      completedAt: null,
      canceledAt: null,
      ...data,
    },
    url,
    updatedFrom: { updatedAt: '2026-03-05T12:53:18.084Z' },
    organizationId: '0a2f3c4d',
    webhookTimestamp: sentAt,
    webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
  }
}
