import { describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'

const needed = { ZENDESK_SUBDOMAIN: 'acme', ZENDESK_CLIENT_ID: 'id', ZENDESK_CLIENT_SECRET: 'secret' }
const key = Buffer.alloc(32, 1).toString('base64')

describe('the configuration', () => {
  it('needs little more than the Zendesk account', () => {
    expect(readConfig(needed)).toMatchObject({
      port: 4602,
      publicUrl: 'http://localhost:4602',
      databaseUrl: null,
      zendesk: { url: 'https://acme.zendesk.com' },
    })
  })

  it('names everything that is missing at once', () => {
    const read = () => readConfig({ ZENDESK_SUBDOMAIN: '' })
    for (const name of Object.keys(needed)) expect(read).toThrow(`${name} is missing`)
  })

  it.each([
    ['BATON_PORT', 'http', 'must be a port number'],
    ['BATON_PUBLIC_URL', 'baton.example', 'must be an http or https address'],
    ['BATON_KEY', 'short', 'openssl rand -base64 32'],
    ['BATON_KEY', 'c2hvcnQ=', '32 bytes'],
    ['ZENDESK_SUBDOMAIN', 'https://acme.zendesk.com', 'alone'],
    ['DATABASE_URL', 'mysql://x', 'postgres://'],
    ['BATON_APP_SECRET', 'short', '32 characters'],
    ['BATON_GITHUB_SECRET', 'short', '16 characters'],
    ['BATON_GITLAB_HOSTS', 'https://git.acme.com', 'without https://'],
    ['BATON_JIRA_HOSTS', 'jira.acme.com, 10.0.0.1', 'must be hosts'],
    ['LOG_LEVEL', 'loud', 'info'],
    ['BATON_SLACK_TOKEN', 'xoxp-of-a-person', 'token of a bot'],
    ['BATON_SLACK_WEBHOOK', 'hooks.slack.com', 'http or https'],
    ['BATON_PAGERDUTY_KEY', 'short', '32 characters'],
    ['BATON_PAGERDUTY_KEYS', 'platform', 'platform=key,security=key'],
    ['BATON_SMTP_URL', 'https://mail.example.com', 'smtps://'],
    ['BATON_NOTICE_SECRET', 'short', '32 characters'],
  ])('refuses %s=%s and says what it takes', (name, value, told) => {
    const read = () => readConfig({ ...needed, [name]: value })
    expect(read).toThrow(name)
    expect(read).toThrow(told)
  })

  it('names PagerDuty’s keys as policies do, and repeats none that is wrong', () => {
    const [one, two] = ['a'.repeat(32), 'b'.repeat(32)]
    const { notify } = readConfig({ ...needed, BATON_PAGERDUTY_KEY: one, BATON_PAGERDUTY_KEYS: `platform=${two}` })
    expect(notify.pagerduty.keys).toEqual({ default: one, platform: two })
    let told = ''
    try {
      readConfig({ ...needed, BATON_PAGERDUTY_KEYS: `platform=${two}!`, BATON_SLACK_TOKEN: 'my-secret' })
    } catch (error) {
      told = String(error)
    }
    expect(told).toContain('BATON_SLACK_TOKEN')
    for (const secret of [two, 'my-secret']) expect(told).not.toContain(secret)
  })

  it('reads the trackers of the company’s own, and the secrets of their webhooks', () => {
    const env = { BATON_GITLAB_HOSTS: 'git.acme.com, acme.com:8443/gitlab', BATON_JIRA_SECRET: 'a secret of sixteen' }
    expect(readConfig({ ...needed, ...env }).engineering).toEqual({
      secrets: { jira: 'a secret of sixteen' },
      hosts: { gitlab: ['git.acme.com', 'acme.com:8443/gitlab'] },
    })
  })

  it('wants a key of your own with a database of your own', () => {
    const env = { ...needed, DATABASE_URL: 'postgres://db/baton' }
    expect(() => readConfig(env)).toThrow('BATON_KEY is missing')
    expect(readConfig({ ...env, BATON_KEY: key }).key).toHaveLength(32)
  })
})
