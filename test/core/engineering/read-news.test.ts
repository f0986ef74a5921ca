import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import { readNews } from '../../../core/engineering/read-news.ts'
import { TRACKERS, type Tracker } from '../../../core/engineering/tracker.ts'
import {
  gitHubIssue,
  gitHubPullRequest,
  gitHubRelease,
  gitLabIssue,
  gitLabMergeRequest,
  gitLabRelease,
  jiraIssue,
  jiraVersionReleased,
  linearIssue,
} from './deliveries.ts'

const read = (tracker: Tracker, body: unknown, hosts = {}) => readNews(tracker, body, { hosts })
const noon = Date.parse('2026-03-06T12:00:00Z')

describe('readNews of GitHub', () => {
  it('reads whose issue it is, what it is called, when and by whom', () => {
    expect(read('github', gitHubIssue())).toEqual({
      kind: 'issue',
      issue: {
        ...{ tracker: 'github', host: 'github.com', key: 'acme/shop#12' },
        url: 'https://github.com/Acme/Shop/issues/12',
      },
      title: 'Session cookie expires too early',
      state: 'open',
      at: Date.parse('2026-03-06T10:00:00Z'),
      closedAt: null,
      by: 'Codertocat',
      fixes: [],
      carriers: [],
    })
  })

  it.each([
    ['assigned', { assignees: [{ login: 'octocat' }] }, 'in-progress'],
    ['closed as completed', { state: 'closed', state_reason: 'completed' }, 'fixed'],
    ['closed by a server that gives no reason', { state: 'closed', state_reason: undefined }, 'fixed'],
    ['closed as not planned', { state: 'closed', state_reason: 'not_planned' }, 'closed-unfixed'],
    ['closed as a duplicate', { state: 'closed', state_reason: 'duplicate' }, 'closed-unfixed'],
    ['reopened', { state: 'open', state_reason: 'reopened' }, 'open'],
    ['deleted', { action: 'deleted' }, 'closed-unfixed'],
    ['a pull request that was commented on', { pull_request: { merged_at: null } }, 'in-progress'],
  ])('takes an issue that is %s for what it is', (_, given, state) => {
    expect(read('github', gitHubIssue(given))).toMatchObject({ state })
  })

  it('does not take a deleted comment for a deleted issue', () => {
    expect(read('github', { ...gitHubIssue({ action: 'deleted' }), comment: { id: 1 } })).toMatchObject({
      state: 'open',
    })
  })

  it('reads what a merged pull request fixes', () => {
    expect(read('github', gitHubPullRequest())).toMatchObject({ state: 'in-progress', fixes: [] })
    const body = 'Tidies up #3.\nFixes #12, #13 and acme/api#4. Resolves https://github.com/Acme/Shop/issues/14.'
    expect(read('github', gitHubPullRequest({ merged: true, body }))).toMatchObject({
      issue: { key: 'acme/shop#15' },
      state: 'fixed',
      fixes: ['acme/shop#12', 'acme/shop#13', 'acme/api#4', 'acme/shop#14'],
    })
  })

  it('reads what a release names, once it is out', () => {
    const body = '* Cookie by @a in https://github.com/Acme/Shop/pull/15\n* GH-16, closes #17 (see issue#no, a#b)'
    expect(read('github', gitHubRelease({ body }))).toEqual({
      ...{ kind: 'release', tracker: 'github', host: 'github.com', release: 'acme/shop@v1.4.0', by: 'Codertocat' },
      names: ['acme/shop#15', 'acme/shop#16', 'acme/shop#17'],
      at: noon,
    })
    for (const given of [{ draft: true }, { prerelease: true }, { action: 'created' }, { published_at: null }]) {
      expect(read('github', gitHubRelease(given))).toMatchObject({ kind: 'nothing' })
    }
  })
})

describe('readNews of GitLab', () => {
  it('reads issues of nested groups, and stamps with spaces', () => {
    expect(read('gitlab', gitLabIssue())).toMatchObject({
      issue: { host: 'gitlab.com', key: 'acme/web/shop#12' },
      ...{ state: 'open', at: Date.parse('2026-03-06T10:00:00Z'), by: 'Administrator' },
    })
  })

  it.each([
    [{ assignee_ids: [51] }, 'in-progress'],
    [{ state: 'closed', closed_at: '2026-03-06 10:00:00 UTC' }, 'fixed'],
    [{ state: 'closed', labels: [{ title: 'wontfix' }] }, 'closed-unfixed'],
    [{ state: 'closed', duplicated_to_id: 7 }, 'closed-unfixed'],
  ])('takes %o for %s', (given, state) => expect(read('gitlab', gitLabIssue(given))).toMatchObject({ state }))

  it('reads merge requests and what they close', () => {
    expect(read('gitlab', gitLabMergeRequest())).toMatchObject({ state: 'in-progress', fixes: [] })
    expect(read('gitlab', gitLabMergeRequest({ state: 'closed' }))).toMatchObject({ state: 'closed-unfixed' })
    expect(read('gitlab', gitLabMergeRequest({ state: 'merged' }))).toMatchObject({
      issue: { key: 'acme/web/shop!7' },
      state: 'fixed',
      fixes: ['acme/web/shop#12'],
    })
  })

  it('reads what a release names', () => {
    expect(read('gitlab', gitLabRelease())).toMatchObject({ kind: 'release', names: ['acme/web/shop!7'], at: noon })
    expect(read('gitlab', gitLabRelease({ action: 'delete' }))).toMatchObject({ kind: 'nothing' })
  })

  it('knows a server of the company’s own only when it is named', () => {
    const body = gitLabIssue({ base: 'https://git.acme.com/web/shop' })
    expect(read('gitlab', body)).toMatchObject({ kind: 'nothing', why: expect.stringContaining('git.acme.com') })
    expect(read('gitlab', body, { gitlab: ['git.acme.com'] })).toMatchObject({ issue: { host: 'git.acme.com' } })
  })
})

describe('readNews of Jira', () => {
  it('reads the issue, its versions, and stamps with an offset', () => {
    const versions = [{ id: '10001', released: false }]
    const body = jiraIssue({ category: 'done', status: 'Done', resolution: 'Done', versions })
    expect(read('jira', body)).toMatchObject({
      issue: { host: 'acme.atlassian.net', key: 'SHOP-12', url: 'https://acme.atlassian.net/browse/SHOP-12' },
      ...{ state: 'fixed', at: Date.parse('2026-03-06T10:00:00Z'), by: 'Bryan Rollins', carriers: ['version 10001'] },
    })
  })

  it('reads a server under a path', () => {
    const base = 'https://acme.com/jira'
    expect(read('jira', jiraIssue({ base }), { jira: ['acme.com/jira'] })).toMatchObject({
      issue: { host: 'acme.com/jira' },
    })
  })

  it('takes a deleted issue for one that nobody fixes', () => {
    expect(read('jira', jiraIssue({ event: 'jira:issue_deleted' }))).toMatchObject({ state: 'closed-unfixed' })
  })

  it('reads the release of a version', () => {
    expect(read('jira', jiraVersionReleased('10001', noon))).toMatchObject({
      ...{ kind: 'release', host: 'acme.atlassian.net', names: ['version 10001'], at: noon },
    })
  })

  it('is not moved by a comment, which carries half an issue', () => {
    const body = { webhookEvent: 'comment_created', issue: { key: 'SHOP-12', fields: { summary: 'x' } } }
    expect(read('jira', body)).toMatchObject({ kind: 'nothing' })
  })
})

describe('readNews of Linear', () => {
  it('keeps workspaces apart', () => {
    expect(read('linear', linearIssue({ state: { name: 'Released', type: 'completed' } }))).toMatchObject({
      issue: { host: 'linear.app/acme', key: 'SHOP-12' },
      ...{ state: 'released', by: 'Jori Lallo' },
    })
  })

  it('takes a removed issue for one that nobody fixes, and leaves comments alone', () => {
    expect(read('linear', linearIssue({ action: 'remove' }))).toMatchObject({ state: 'closed-unfixed' })
    expect(read('linear', { ...linearIssue(), type: 'Comment' })).toMatchObject({ kind: 'nothing' })
  })
})

describe('readNews', () => {
  const bodies: Record<Tracker, Record<string, unknown>> = {
    github: gitHubIssue({ updated_at: 'yesterday' }),
    gitlab: gitLabIssue({ updated_at: 'yesterday' }),
    jira: jiraIssue({ updated: 'yesterday' }),
    linear: linearIssue({ updatedAt: 'yesterday' }),
  }
  it.each(TRACKERS)('refuses what %s does not send', (tracker) => {
    for (const body of [bodies[tracker], [], 'text', null, 7]) expect(() => read(tracker, body)).toThrow(ZodError)
  })

  it('never believes one tracker about another one’s issue', () => {
    const body = gitHubIssue({ html_url: 'https://gitlab.com/acme/shop/-/issues/12' })
    expect(read('github', body)).toMatchObject({ kind: 'nothing' })
  })

  it('takes titles without what a database cannot keep', () => {
    const news = read('github', gitHubIssue({ title: `a\0b${'x'.repeat(5000)}` }))
    expect(news.kind === 'issue' && news.title).toMatch(/^abx{998}$/)
  })

  it('reads a release of ten megabytes without losing its time', () => {
    const body = `${'a/'.repeat(2_000_000)} ${'#'.repeat(2_000_000)} ${'fixes '.repeat(500_000)} #12`
    expect(read('github', gitHubRelease({ body }))).toMatchObject({ names: ['acme/shop#12'] })
  })
})
