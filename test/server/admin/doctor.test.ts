import { describe, expect, it } from 'vitest'
import { type AnAccount, anAccount } from './an-account.ts'

/** What doctor finds wrong, with its advice. */
async function wrongs({ administration }: AnAccount): Promise<string[]> {
  const findings = await administration.doctor()
  return findings.filter(({ level }) => level !== 'ok').map(({ title, advice }) => `${title} → ${advice}`)
}

/** An account that is set up, with its trigger at hand. */
async function setUpAccount() {
  const account = await anAccount()
  const { triggerId, webhookId, fields } = await account.administration.setup()
  return Object.assign(account, { trigger: account.state.triggers[triggerId!]!, webhookId: webhookId!, fields })
}

describe('doctor', () => {
  it('names each thing that is missing before anything was set up', async () => {
    await using account = await anAccount()
    for (const group of Object.values(account.state.groups)) if (group.name === 'Data specialists') group.deleted = true
    const found = await wrongs(account)
    for (const missing of [
      'The group "Data specialists", which the policy routes to, is missing',
      ...['tier', 'queue', 'stage', 'severity', 'urgency', 'ID'].map(
        (key) => `The ticket field "Escalation ${key}" is missing`,
      ),
      'The ticket form "Default Ticket Form" lacks 6 escalation field(s)',
      'The webhook is missing',
      'The trigger that calls the webhook is missing',
      'The trigger that tells of tickets moved to specialists is missing',
      'The view "Escalated tickets" is missing',
    ]) {
      expect(found).toContain(`${missing} → Run \`baton setup\`.`)
    }
    expect(account.writes()).toEqual([])
  })

  it('finds nothing but what lies outside of Zendesk once everything is set up', async () => {
    await using account = await setUpAccount()
    const writes = account.writes().length
    expect(await wrongs(account)).toEqual([
      expect.stringMatching(/^The sidebar app → .*not installed/),
      expect.stringMatching(/^This server does not answer at its public address → Start it/),
    ])
    expect(account.writes()).toHaveLength(writes)
  })

  it('warns of a trigger of ours that fires on our own updates', async () => {
    await using account = await setUpAccount()
    const { conditions, title } = account.trigger
    conditions.all = conditions.all.filter(({ field }) => field !== 'role')
    expect(await wrongs(account)).toEqual(
      expect.arrayContaining([
        `The trigger "${title}" fires on Baton’s own updates and would go round in circles → ` +
          'Run `baton setup`, which adds the condition “Current user is not Baton”.',
      ]),
    )
  })

  it('warns of a copy of our trigger that fires on our own updates, until it is inactive', async () => {
    await using account = await setUpAccount()
    const { trigger, state } = account
    const copy = { ...structuredClone(trigger), id: 1, title: 'A copy', conditions: { all: [], any: [] } }
    state.triggers[copy.id] = copy
    const looping = /^The trigger "A copy" fires on Baton’s own updates .* → Deactivate it/
    expect(await wrongs(account)).toEqual(expect.arrayContaining([expect.stringMatching(looping)]))
    copy.active = false
    expect(await wrongs(account)).not.toEqual(expect.arrayContaining([expect.stringMatching(looping)]))
  })

  it('says that the signing secret was changed', async () => {
    await using account = await setUpAccount()
    account.state.webhooks[account.webhookId]!.secret = 'another'
    expect(await wrongs(account)).toEqual(
      expect.arrayContaining([expect.stringMatching(/signing secret → It was changed in Zendesk.*`baton setup`/)]),
    )
    await account.administration.setup()
    expect((await wrongs(account)).join()).not.toContain('signing secret')
  })

  it('names the user who is no admin, and setup refuses to begin', async () => {
    await using account = await anAccount()
    account.integration.role = 'agent'
    expect(await wrongs(account)).toEqual([
      'Baton’s user is not an admin → Make Baton, who owns the OAuth client, an admin, or create the client as one: ' +
        'triggers and webhooks need it.',
    ])
    await expect(account.administration.setup()).rejects.toThrow('Baton’s user in Zendesk, Baton, is not an admin.')
    expect(account.writes()).toEqual([])
  })

  it('says in one sentence that the client secret is wrong', async () => {
    await using account = await anAccount({ clientSecret: 'not-the-secret' })
    expect(await wrongs(account)).toEqual([
      `Zendesk → Zendesk at ${account.zendesk.url} does not accept the OAuth client. ` +
        'Check ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET.',
    ])
  })

  it('says that the OAuth client lacks a scope', async () => {
    await using account = await anAccount()
    await account.administration.doctor()
    for (const token of Object.values(account.state.oauth_tokens)) token.scopes = ['users:read', 'tickets:read']
    expect(await wrongs(account)).toEqual([expect.stringMatching(/lacks a scope .*Give it read and write/)])
  })

  it('says that Zendesk cannot be reached', async () => {
    await using account = await anAccount()
    await account.zendesk.close()
    expect(await wrongs(account)).toEqual([expect.stringMatching(/cannot be reached at .*Check ZENDESK_SUBDOMAIN/)])
  })
})
