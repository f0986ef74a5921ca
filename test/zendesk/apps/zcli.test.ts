import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { appFiles } from './an-app.ts'
import { startZcli } from './zcli.ts'

describe('zcli 1.0.1', () => {
  it('validates an app', { timeout: 60_000 }, async () => {
    await using all = await startZcli(appFiles())
    const { code, output } = await all.zcli('apps:validate', all.app)
    expect(output).toContain('No validation errors')
    expect(code).toBe(0)
  })

  it('prints why an app is refused', { timeout: 60_000 }, async () => {
    await using all = await startZcli(appFiles({ frameworkVersion: '1.0' }, { 'assets/logo.png': null }))
    const { code, output } = await all.zcli('apps:validate', all.app)
    expect(output).toContain('"1.0" is not a valid frameworkVersion')
    expect(output).toContain('assets/logo.png')
    expect(code).not.toBe(0)
  })

  it('packages an app', { timeout: 60_000 }, async () => {
    await using all = await startZcli(appFiles())
    const { code, output } = await all.zcli('apps:package', all.app)
    expect(output).toContain('Package created')
    expect(code).toBe(0)
    const [name] = await readdir(path.join(all.app, 'tmp'))
    expect(name).toMatch(/^app-\d+\.zip$/)
  })

  it('creates and installs an app with its settings', { timeout: 60_000 }, async () => {
    const config = { parameters: { server_url: 'https://baton.example', shared_secret: 's', api_key: 'k' } }
    await using all = await startZcli(appFiles({}, { 'zcli.apps.config.json': JSON.stringify(config) }))
    const { code, output } = await all.zcli('apps:create', all.app)
    expect(output).toContain('Successfully installed app: Fixture')
    expect(code).toBe(0)
    const { apps, installations } = all.account.world.state
    const [app] = Object.values(apps)
    expect(app).toMatchObject({ name: 'Fixture', manifest: { version: '1.0.0' } })
    expect(Buffer.from(app!.files['assets/index.html']!, 'base64').toString()).toContain('<title>Fixture</title>')
    expect(Object.values(installations)).toMatchObject([
      {
        app_id: app!.id,
        settings: { name: 'Fixture', server_url: 'https://baton.example' },
        secure_settings: { shared_secret: 's', api_key: 'k' },
      },
    ])
  })

  it('updates an app', { timeout: 60_000 }, async () => {
    const config = { parameters: { server_url: 'https://baton.example', shared_secret: 's', api_key: 'k' } }
    await using all = await startZcli(appFiles({}, { 'zcli.apps.config.json': JSON.stringify(config) }))
    await all.zcli('apps:create', all.app)
    const manifest = JSON.parse(appFiles({ version: '1.0.1' })['manifest.json']!)
    await writeFile(path.join(all.app, 'manifest.json'), JSON.stringify(manifest))
    const { output } = await all.zcli('apps:update', all.app)
    expect(output).toContain('Successfully updated app: Fixture')
    expect(Object.values(all.account.world.state.apps)).toMatchObject([{ manifest: { version: '1.0.1' } }])
    expect(Object.keys(all.account.world.state.installations)).toHaveLength(1)
  })

  it('is told when its token holds no longer', { timeout: 60_000 }, async () => {
    await using all = await startZcli(appFiles())
    for (const token of Object.values(all.account.world.state.oauth_tokens)) token.revoked = true
    const { code } = await all.zcli('apps:validate', all.app)
    expect(code).not.toBe(0)
  })
})
