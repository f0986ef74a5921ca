import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIssueUrl } from '../../../core/engineering/issue-url.ts'
import type { TrackerHosts } from '../../../core/engineering/tracker.ts'

const OWN: TrackerHosts = {
  github: ['github.acme.com'],
  gitlab: ['git.acme.com', 'acme.com:8443/gitlab'],
  jira: ['jira.acme.com', 'acme.com/jira'],
}

describe('readIssueUrl', () => {
  it.each<[string, string, string, string, string]>([
    ['a GitHub issue', 'https://github.com/Acme/Shop/issues/12', 'github', 'github.com', 'acme/shop#12'],
    ['a pull request', 'https://github.com/acme/shop/pull/15/files?w=1#diff-1', 'github', 'github.com', 'acme/shop#15'],
    [
      'a comment',
      'https://www.github.com/acme/shop.js/issues/12#issuecomment-1',
      'github',
      'github.com',
      'acme/shop.js#12',
    ],
    [
      'an issue beside a board',
      'https://github.com/orgs/acme/projects/3/views/1?pane=issue&itemId=9&issue=acme%7Cshop%7C12',
      ...(['github', 'github.com', 'acme/shop#12'] as const),
    ],
    ['GitHub with data residency', 'https://acme.ghe.com/a/b/issues/1', 'github', 'acme.ghe.com', 'a/b#1'],
    ['GitHub Enterprise', 'https://github.acme.com/a/b/issues/1', 'github', 'github.acme.com', 'a/b#1'],
    ['a GitLab issue', 'https://gitlab.com/acme/shop/-/issues/12', 'gitlab', 'gitlab.com', 'acme/shop#12'],
    ['nested groups', 'https://gitlab.com/acme/web/eu/Shop/-/issues/12', 'gitlab', 'gitlab.com', 'acme/web/eu/shop#12'],
    ['without the dash', 'https://gitlab.com/acme/shop/issues/12', 'gitlab', 'gitlab.com', 'acme/shop#12'],
    ['an incident', 'https://gitlab.com/acme/shop/-/issues/incident/12', 'gitlab', 'gitlab.com', 'acme/shop#12'],
    ['a work item', 'https://gitlab.com/acme/shop/-/work_items/12', 'gitlab', 'gitlab.com', 'acme/shop#12'],
    ['a merge request', 'https://git.acme.com/a/b/-/merge_requests/7/diffs', 'gitlab', 'git.acme.com', 'a/b!7'],
    ['GitLab under a path', 'https://acme.com:8443/gitlab/a/b/-/issues/7', 'gitlab', 'acme.com:8443/gitlab', 'a/b#7'],
    ['a Jira issue', 'https://acme.atlassian.net/browse/shop-12', 'jira', 'acme.atlassian.net', 'SHOP-12'],
    [
      'a Jira board',
      'https://acme.atlassian.net/jira/software/c/projects/SHOP/boards/1?view=detail&selectedIssue=SHOP-12',
      ...(['jira', 'acme.atlassian.net', 'SHOP-12'] as const),
    ],
    [
      'a Jira queue',
      'https://acme.atlassian.net/jira/servicedesk/projects/HELP/queues/custom/1/HELP-7',
      ...(['jira', 'acme.atlassian.net', 'HELP-7'] as const),
    ],
    ['Jira Data Center', 'http://jira.acme.com/browse/SHOP-12', 'jira', 'jira.acme.com', 'SHOP-12'],
    ['Jira under a path', 'https://acme.com/jira/projects/SHOP/issues/SHOP-12', 'jira', 'acme.com/jira', 'SHOP-12'],
    ['Linear', 'https://linear.app/Acme/issue/shop-12/session-cookie', 'linear', 'linear.app/acme', 'SHOP-12'],
    ['spaces around it', '  https://github.com/a/b/issues/1\n', 'github', 'github.com', 'a/b#1'],
    ['a port that says nothing', 'https://github.com:443/a/b/issues/1', 'github', 'github.com', 'a/b#1'],
  ])('reads %s', (_, url, tracker, host, key) => {
    expect(readIssueUrl(url, OWN)).toMatchObject({ ok: true, issue: { tracker, host, key } })
  })

  it('answers the shortest address that leads there, and reads it as the same issue', () => {
    for (const url of [
      'http://github.com/Acme/Shop/pull/15/files?w=1#diff',
      'https://linear.app/Acme/issue/shop-12/session-cookie',
      'https://acme.com:8443/gitlab/a/b/issues/7?x=1',
    ]) {
      const read = readIssueUrl(url, OWN)
      if (!read.ok) throw new Error(read.message)
      expect(read.issue.url).toMatch(/^https:\/\/[^?#]+$/)
      expect(readIssueUrl(read.issue.url, OWN)).toEqual(read)
    }
  })

  it.each([
    ['a host nobody named', 'https://tracker.acme.com/browse/SHOP-1'],
    ['a name that begins like one', 'https://github.com.evil.example/a/b/issues/1'],
    ['a name that ends like one', 'https://evilgithub.com/a/b/issues/1'],
    ['a name of letters that look alike', 'https://xn--gthub-2of.com/a/b/issues/1'],
    ['a company within a company', 'https://a.b.atlassian.net/browse/SHOP-1'],
    ['another port', 'https://github.com:8443/a/b/issues/1'],
    ['what only begins like a path that is named', 'https://acme.com/jirafoo/browse/SHOP-1'],
  ])('does not know %s, and says who can change that', (_, url) => {
    const read = readIssueUrl(url, OWN)
    expect(read).toMatchObject({ ok: false, reason: 'unknown-host' })
    expect(read.ok || read.message).toMatch(/ask an admin to name it in BATON_GITHUB_HOSTS/)
  })

  it.each([
    ['a script', 'javascript:alert(1)//https://github.com/a/b/issues/1'],
    ['data', 'data:text/html,https://github.com/a/b/issues/1'],
    ['a user before the host', 'https://github.com@evil.example/a/b/issues/1'],
    ['a user and password', 'https://me:secret@github.com/a/b/issues/1'],
    ['Cyrillic letters', 'https://gіthub.com/a/b/issues/1'],
    ['letters of full width', 'https://ｇithub.com/a/b/issues/1'],
    ['an escaped host', 'https://github%2ecom/a/b/issues/1'],
    ['an IPv4 address', 'https://127.0.0.1/a/b/issues/1'],
    ['an IPv4 address as one number', 'https://2130706433/a/b/issues/1'],
    ['an IPv4 address in hexadecimal', 'https://0x7f.1/a/b/issues/1'],
    ['an IPv6 address', 'https://[::1]/a/b/issues/1'],
    ['a backslash', 'https://github.com\\@evil.example/a/b/issues/1'],
    ['a tab inside', 'https://git\thub.com/a/b/issues/1'],
    ['a line break inside', 'https://github.com/a/b/issues/1\nhttps://evil.example'],
    ['a path that climbs', 'https://github.com/a/b/issues/1/../../../c'],
    ['a path that climbs in disguise', 'https://github.com/a/%2e%2e/b/issues/1'],
    ['an escaped slash', 'https://github.com/a%2fb/c/issues/1'],
    ['no scheme', 'github.com/a/b/issues/1'],
    ['another scheme', 'ftp://github.com/a/b/issues/1'],
    ['an empty label', 'https://github..com/a/b/issues/1'],
    ['a dot at the end of the host', 'https://github.com./a/b/issues/1'],
    ['markup', 'https://github.com/a/b/issues/1"><script>'],
    ['nothing', ''],
  ])('takes %s for no address', (_, url) => {
    expect(readIssueUrl(url, OWN)).toMatchObject({ ok: false, reason: 'not-an-address' })
  })

  it.each([
    ['https://github.com/acme/shop', 'an issue or a pull request'],
    ['https://github.com/acme/shop/discussions/3', 'an issue or a pull request'],
    ['https://github.com/acme/shop/issues/0', 'an issue or a pull request'],
    ['https://gitlab.com/groups/acme/-/epics/3', 'an issue or a merge request'],
    ['https://acme.atlassian.net/jira/software/projects/SHOP/boards/1', '…/browse/SHOP-12'],
    ['https://linear.app/acme/team/SHOP/active', '…/issue/SHOP-12'],
  ])('says what %s should be', (url, what) => {
    const read = readIssueUrl(url)
    expect(read).toMatchObject({ ok: false, reason: 'not-an-issue' })
    expect(read.ok || read.message).toContain(what)
  })

  it('refuses a huge address at once', () => {
    const read = readIssueUrl(`https://github.com/${'a/'.repeat(5_000_000)}issues/1`)
    expect(read).toMatchObject({ ok: false, reason: 'too-long' })
  })

  it('answers whatever it is given, and only with addresses of hosts it knows', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http://',
      'github.com',
      '@',
      '/',
      'a',
      'issues',
      '1',
      ':',
      '..',
      '\\',
      '%',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
      fc.webUrl(),
    )
    fc.assert(
      fc.property(text, (url) => {
        const read = readIssueUrl(url)
        if (read.ok) expect(new URL(read.issue.url).host).toBe('github.com')
        else expect(read.message).toMatch(/\S{3}/)
      }),
    )
  })
})
