import { issueKeyAt } from './issue-path.ts'
import { type IssueAddress, TRACKER_NAMES, type Tracker, type TrackerHosts } from './tracker.ts'

export type IssueReading =
  | { ok: true; issue: IssueAddress }
  /** `message` says what to do, to whoever pasted it. */
  | { ok: false; reason: 'too-long' | 'not-an-address' | 'unknown-host' | 'not-an-issue'; message: string }

const MOST_CHARACTERS = 2048
const WWW = /^www\.(?=github\.com$)/

/**
 * Reads the address of an issue. Nothing but plain http and https addresses of hosts we know is taken: it becomes a link
 * that people click, so what looks like one place and is another never gets that far.
 *
 * @param hosts what the company runs itself
 */
export function readIssueUrl(text: string, hosts: TrackerHosts = {}): IssueReading {
  if (text.length > MOST_CHARACTERS) return refuse('too-long', `An address has at most ${MOST_CHARACTERS} characters.`)
  const parts = partsOf(text.trim())
  if (!parts) {
    return refuse('not-an-address', 'Paste the whole address of the issue as your browser shows it: https://…')
  }
  const place = placeOf(parts, hosts)
  if (!place) return refuse('unknown-host', unknownHost(parts.host))

  const { tracker, base, path } = place
  const found = issueKeyAt(tracker, path, parts.query)
  if (!found) {
    return refuse('not-an-issue', `This address of ${TRACKER_NAMES[tracker]} is not one of ${WHAT[tracker]}.`)
  }
  const scheme = place.isOwn ? parts.scheme : 'https'
  const host = found.workspace === null ? base : `${base}/${found.workspace}`
  return { ok: true, issue: { tracker, host, key: found.key, url: `${scheme}://${base}${found.path}` } }
}

const WHAT: Record<Tracker, string> = {
  github: 'an issue or a pull request',
  gitlab: 'an issue or a merge request',
  jira: 'an issue, such as …/browse/SHOP-12',
  linear: 'an issue, such as …/issue/SHOP-12',
}

type Parts = { scheme: 'http' | 'https'; host: string; path: string; query: string }

/**
 * Stricter than a browser: ASCII letters only (so no host that merely looks like ours), no user and password, no address
 * made of numbers, nothing that climbs in the path.
 */
function partsOf(text: string): Parts | null {
  const found =
    /^(https?):\/\/([a-z0-9.-]+)(?::(\d{1,5}))?(\/[\w.~!$&'()*+,;=:@%/-]*)?(?:\?([^#\s<>"\\]*))?(?:#\S*)?$/i.exec(text)
  if (!found) return null
  const [, scheme = '', name = '', port, path = '/', query = ''] = found
  const host = name.toLowerCase()
  const labels = host.split('.')
  if (!labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))) return null
  if (/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!)) return null
  if (/(^|\/)(\.|%2e){1,2}(\/|$)|\/\/|%2f|%5c/i.test(path)) return null
  const lower = scheme.toLowerCase() as Parts['scheme']
  const isUsual = port === undefined || Number(port) === (lower === 'https' ? 443 : 80)
  return { scheme: lower, host: isUsual ? host : `${host}:${Number(port)}`, path, query }
}

type Place = { tracker: Tracker; base: string; path: string; isOwn: boolean }

/** Which tracker lives there; of several own ones that fit, the one named most closely. */
function placeOf({ host, path }: Parts, hosts: TrackerHosts): Place | null {
  const whole = `${host}${path}`
  const own = Object.entries(hosts)
    .flatMap(([tracker, bases]) => bases.map((base) => ({ tracker: tracker as Tracker, base: spelt(base) })))
    .filter(({ base }) => startsWith(whole, base))
    .sort((a, b) => b.base.length - a.base.length)[0]
  if (own) return { ...own, path: whole.slice(own.base.length), isOwn: true }
  const base = host.replace(WWW, '')
  const tracker = PUBLIC.find(([pattern]) => pattern.test(base))?.[1]
  return tracker ? { tracker, base, path, isOwn: false } : null
}

function spelt(base: string): string {
  const [host = '', ...path] = base.trim().replace(/\/+$/, '').split('/')
  return [host.toLowerCase(), ...path].join('/')
}

function startsWith(whole: string, base: string): boolean {
  return base !== '' && (whole === base || whole.startsWith(`${base}/`))
}

/** `*.ghe.com` is GitHub Enterprise Cloud with data residency. */
const PUBLIC: readonly [RegExp, Tracker][] = [
  [/^github\.com$/, 'github'],
  [/^[a-z0-9-]+\.ghe\.com$/, 'github'],
  [/^gitlab\.com$/, 'gitlab'],
  [/^[a-z0-9-]+\.atlassian\.net$/, 'jira'],
  [/^linear\.app$/, 'linear'],
]

function unknownHost(host: string): string {
  return (
    `Baton does not know ${host}. Issues of GitHub, GitLab, Jira and Linear can be linked; when your company runs one of ` +
    'them there, ask an admin to name it in BATON_GITHUB_HOSTS, BATON_GITLAB_HOSTS or BATON_JIRA_HOSTS.'
  )
}

function refuse(reason: Extract<IssueReading, { ok: false }>['reason'], message: string): IssueReading {
  return { ok: false, reason, message }
}
