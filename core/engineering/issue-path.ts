import type { Tracker } from './tracker.ts'

/** An issue within its tracker; `path` is the shortest one that leads there. */
export type IssuePath = { key: string; path: string; workspace: string | null }

const JIRA_KEY = /^[A-Z][A-Z0-9_]{1,99}-[1-9]\d{0,9}$/i

/** The issue at a path of a tracker, however deep into it the path goes; null when there is none. */
export function issueKeyAt(tracker: Tracker, path: string, query: string): IssuePath | null {
  switch (tracker) {
    case 'github':
      return gitHubAt(path) ?? gitHubInProject(path, query)
    case 'gitlab':
      return gitLabAt(path)
    case 'jira':
      return jiraAt(path, query)
    case 'linear':
      return linearAt(path)
  }
}

/** `/acme/shop/issues/12`, `/acme/shop/pull/12/files`: issues and pull requests are numbered together. */
function gitHubAt(path: string): IssuePath | null {
  const found = /^\/([\w-]{1,100})\/([\w.-]{1,100})\/(issues|pull)\/([1-9]\d{0,9})(?:\/|$)/.exec(path)
  if (!found) return null
  const [, owner, repository, kind, number] = found
  return at(`${owner}/${repository}#${number}`.toLowerCase(), `/${owner}/${repository}/${kind}/${number}`)
}

/** An issue that a project board shows at its side: `/orgs/acme/projects/3?pane=issue&issue=acme%7Cshop%7C12`. */
function gitHubInProject(path: string, query: string): IssuePath | null {
  if (!/^\/(orgs|users)\/[\w-]+\/projects\/\d+/.test(path)) return null
  const [, owner, repository, number] =
    /(?:^|&)issue=([\w-]+)(?:%7C|\|)([\w.-]+)(?:%7C|\|)([1-9]\d{0,9})(?:&|$)/i.exec(query) ?? []
  return owner === undefined ? null : gitHubAt(`/${owner}/${repository}/issues/${number}`)
}

/** `/acme/web/shop/-/issues/12`, `/acme/shop/-/merge_requests/7/diffs`; older versions leave the `-` out. */
function gitLabAt(path: string): IssuePath | null {
  const found =
    /^\/((?:[\w.-]+\/){1,20}?[\w.-]+)(?:\/-)?\/(issues|issues\/incident|work_items|merge_requests)\/([1-9]\d{0,9})(?:\/|$)/.exec(
      path,
    )
  if (!found) return null
  const [, project = '', kind, number] = found
  const isRequest = kind === 'merge_requests'
  const canonical = `/${project}/-/${isRequest ? 'merge_requests' : 'issues'}/${number}`
  return at(`${project.toLowerCase()}${isRequest ? '!' : '#'}${number}`, canonical)
}

/** `/browse/SHOP-12`, anything with the key as a part of its path, and boards with the issue at their side. */
function jiraAt(path: string, query: string): IssuePath | null {
  const selected = /(?:^|&)selectedIssue=([^&]+)/.exec(query)?.[1] ?? ''
  const key = path.split('/').findLast((part) => JIRA_KEY.test(part)) ?? (JIRA_KEY.test(selected) ? selected : null)
  return key === null ? null : at(key.toUpperCase(), `/browse/${key.toUpperCase()}`)
}

/** `/acme/issue/SHOP-12/what-it-is-called`. Keys are unique within a workspace only. */
function linearAt(path: string): IssuePath | null {
  const [, workspace = '', key = ''] =
    /^\/([\w-]{1,100})\/issue\/([A-Z0-9]{1,10}-[1-9]\d{0,9})(?:\/|$)/i.exec(path) ?? []
  if (key === '') return null
  const place = workspace.toLowerCase()
  return { ...at(key.toUpperCase(), `/${place}/issue/${key.toUpperCase()}`), workspace: place }
}

function at(key: string, path: string): IssuePath {
  return { key, path, workspace: null }
}
