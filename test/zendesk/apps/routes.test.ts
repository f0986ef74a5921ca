import { describe, expect, it } from 'vitest'
import { startAccount } from '../oauth/start-account.ts'
import { appFiles, asZip, deployFixture } from './an-app.ts'
import { type AppNotification, onAppNotification } from './notifications.ts'

type Account = Awaited<ReturnType<typeof startAccount>>

const SETTINGS = { server_url: 'https://baton.example', shared_secret: 'hidden-value' }

async function upload(account: Account, field: string, bytes: Uint8Array, path: string) {
  const form = new FormData()
  form.append(field, new Blob([bytes.slice()]), 'app.zip')
  const headers = { authorization: `Bearer ${account.tokenFor(account.admin)}` }
  const answer = await fetch(`${account.zendesk.url}${path}`, { method: 'POST', headers, body: form })
  return { status: answer.status, body: await answer.json() }
}

/** Waits for a job as zcli does, but without pauses. */
async function finish(account: Account, jobId: string) {
  for (;;) {
    const { body } = await account.call('GET', `/api/v2/apps/job_statuses/${jobId}`)
    if (body.status === 'completed' || body.status === 'failed') return body
  }
}

describe('validation and upload', () => {
  it('validates a zip', async () => {
    await using account = await startAccount()
    expect((await upload(account, 'file', asZip(appFiles()), '/api/v2/apps/validate')).status).toBe(200)
    const bad = await upload(account, 'file', asZip(appFiles({ author: undefined })), '/api/v2/apps/validate')
    expect([bad.status, bad.body.description]).toEqual([422, 'Missing required fields in manifest: author'])
  })

  it('asks for the file', async () => {
    await using account = await startAccount()
    const wrong = await upload(account, 'zip', asZip(appFiles()), '/api/v2/apps/validate')
    expect([wrong.status, wrong.body.description]).toEqual([422, 'Send the zip as the multipart field "file".'])
    expect((await account.call('POST', '/api/v2/apps/validate', {})).status).toBe(422)
  })

  it('makes an app of an upload, and gives it a new version without touching its settings', async () => {
    await using account = await startAccount()
    const first = await upload(account, 'uploaded_data', asZip(appFiles()), '/api/v2/apps/uploads.json')
    expect(first.status).toBe(201)
    const made = await account.call('POST', '/api/apps.json', { upload_id: first.body.id, name: 'Fixture' })
    const { status, app_id } = await finish(account, made.body.job_id)
    expect(status).toBe('completed')
    const installed = await account.call('POST', '/api/support/apps/installations.json', {
      app_id: String(app_id),
      settings: SETTINGS,
    })
    expect(installed.status).toBe(201)

    const second = await upload(account, 'uploaded_data', asZip(appFiles({ version: '1.1.0' })), '/api/v2/apps/uploads')
    const updated = await account.call('PUT', `/api/v2/apps/${app_id}`, { upload_id: second.body.id })
    expect((await finish(account, updated.body.job_id)).app_id).toBe(app_id)
    expect((await account.call('GET', `/api/v2/apps/${app_id}`)).body.version).toBe('1.1.0')
    expect(account.world.state.installations[installed.body.id]?.secure_settings).toEqual({
      shared_secret: 'hidden-value',
    })
  })

  it('fails the job of an app it refuses', async () => {
    await using account = await startAccount()
    const zip = asZip(appFiles({ frameworkVersion: '1.0' }))
    const { body } = await upload(account, 'uploaded_data', zip, '/api/v2/apps/uploads')
    const made = await account.call('POST', '/api/apps', { upload_id: body.id })
    expect(await finish(account, made.body.job_id)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('not a valid frameworkVersion'),
    })
    expect(account.world.state.apps).toEqual({})
  })

  it('is for admins', async () => {
    await using account = await startAccount()
    expect((await account.call('POST', '/api/apps', { upload_id: 1 }, account.agent)).status).toBe(403)
  })
})

describe('installations', () => {
  it('never show secure settings, and agents may read the rest', async () => {
    await using account = await startAccount()
    const app = deployFixture(account.world)
    const made = await account.call('POST', '/api/v2/apps/installations', { app_id: app.id, settings: SETTINGS })
    const one = await account.call('GET', `/api/v2/apps/installations/${made.body.id}.json`, undefined, account.agent)
    const list = await account.call('GET', '/api/support/apps/installations.json', undefined, account.agent)
    expect(one.body).toMatchObject({ app_id: app.id, enabled: true, settings: { server_url: 'https://baton.example' } })
    expect(JSON.stringify([made.body, one.body, list.body])).not.toContain('hidden-value')
    expect(list.body.installations).toHaveLength(1)
  })

  it.each([
    [
      'a required setting that is missing',
      { server_url: 'https://baton.example' },
      'The setting "shared_secret" is required.',
    ],
    ['a URL that is none', { ...SETTINGS, server_url: 'baton' }, 'The setting "server_url" must be a URL.'],
  ])('refuse %s', async (_, settings, message) => {
    await using account = await startAccount()
    const app = deployFixture(account.world)
    const { status, body } = await account.call('POST', '/api/v2/apps/installations', { app_id: app.id, settings })
    expect([status, body.details.settings[0].description]).toEqual([422, message])
  })

  it('keep a secure setting that is left blank, and change the rest', async () => {
    await using account = await startAccount()
    const app = deployFixture(account.world)
    const made = await account.call('POST', '/api/v2/apps/installations', { app_id: app.id, settings: SETTINGS })
    const settings = { server_url: 'https://other.example', shared_secret: '' }
    const { status } = await account.call('PUT', `/api/support/apps/installations/${made.body.id}.json`, { settings })
    const row = account.world.state.installations[made.body.id]!
    expect([status, row.settings.server_url, row.secure_settings.shared_secret]).toEqual([
      200,
      'https://other.example',
      'hidden-value',
    ])
  })

  it('of a single-install app are at most one', async () => {
    await using account = await startAccount()
    const app = deployFixture(account.world, { singleInstall: true })
    const install = () => account.call('POST', '/api/v2/apps/installations', { app_id: app.id, settings: SETTINGS })
    expect([(await install()).status, (await install()).status]).toEqual([201, 422])
  })

  it('make what requirements.json asks for, name it, and take it away again', async () => {
    await using account = await startAccount()
    const requirements = {
      ticket_fields: {
        baton_tier: { title: 'Tier', type: 'tagger', custom_field_options: [{ name: 'L2', value: 'l2' }] },
      },
      views: { escalated: { title: 'Escalated', conditions: { all: [] } } },
    }
    const app = deployFixture(account.world, {}, { 'requirements.json': JSON.stringify(requirements) })
    const made = await account.call('POST', '/api/v2/apps/installations', { app_id: app.id, settings: SETTINGS })
    const path = `/api/v2/apps/installations/${made.body.id}`
    const { body } = await account.call('GET', `${path}/requirements.json`, undefined, account.agent)
    const tier = body.requirements.find((one: { identifier: string }) => one.identifier === 'baton_tier')
    expect(tier).toMatchObject({ requirement_type: 'ticket_fields', created_at: '2026-03-06T10:00:00Z' })
    expect(account.world.state.ticket_fields[tier.requirement_id]).toMatchObject({ title: 'Tier', removable: true })
    expect((await account.call('DELETE', path)).status).toBe(204)
    expect(account.world.state.ticket_fields[tier.requirement_id]).toBeUndefined()
  })

  it('make nothing when one requirement fails', async () => {
    await using account = await startAccount()
    const requirements = {
      ticket_fields: { ours: { title: 'Ours', type: 'text' } },
      triggers: { bad: { title: 'Bad', conditions: { all: [] }, actions: [] } },
    }
    const app = deployFixture(account.world, {}, { 'requirements.json': JSON.stringify(requirements) })
    const { status, body } = await account.call('POST', '/api/v2/apps/installations', {
      app_id: app.id,
      settings: SETTINGS,
    })
    expect([status, body.details.base[0].description]).toEqual([422, expect.stringContaining('Trigger "bad"')])
    expect(Object.values(account.world.state.ticket_fields).some((field) => field.title === 'Ours')).toBe(false)
    expect(account.world.state.installations).toEqual({})
  })
})

describe('keys and notifications', () => {
  it('shows one public key per app, the same every time', async () => {
    await using account = await startAccount()
    const app = deployFixture(account.world)
    const first = await account.call('GET', `/api/v2/apps/${app.id}/public_key`)
    const second = await account.call('GET', `/api/v2/apps/${app.id}/public_key.json`)
    expect(first.body).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    expect(second.body).toBe(first.body)
    expect(JSON.stringify((await account.call('GET', '/api/v2/apps')).body)).not.toContain('PRIVATE')
  })

  it('passes a notification on to the open instances', async () => {
    await using account = await startAccount()
    const app = deployFixture(account.world)
    const heard: AppNotification[] = []
    const stop = onAppNotification(account.world, (notification) => heard.push(notification))
    const body = { app_id: app.id, event: 'decided', body: { ticket: 7 }, agent_id: account.agent.id }
    expect((await account.call('POST', '/api/v2/apps/notify.json', body, account.agent)).status).toBe(200)
    stop()
    await account.call('POST', '/api/v2/apps/notify.json', body)
    expect(heard).toEqual([body])
  })

  it('answers 429 after 100 notifications in a minute', async () => {
    await using account = await startAccount()
    const app = deployFixture(account.world)
    const token = account.tokenFor(account.admin)
    const notify = () => account.call('POST', '/api/v2/apps/notify', { app_id: app.id, event: 'x' }, { token })
    for (let i = 0; i < 100; i++) await notify()
    expect((await notify()).status).toBe(429)
  })
})
