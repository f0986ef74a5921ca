import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { generate } from 'selfsigned'
import { describe, expect, it } from 'vitest'
import { startAccount } from '../oauth/start-account.ts'
import { appFiles } from './an-app.ts'

const BIN = path.resolve(import.meta.dirname, '../../../node_modules/.bin')

/** An account over HTTPS on 127.0.0.1, an app in a folder, and the real zcli pointed at both. */
async function startZcli(manifest: object = {}, others: Record<string, string | null> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'zcli-'))
  const app = path.join(folder, 'app')
  for (const [file, text] of Object.entries(appFiles(manifest, others))) {
    await mkdir(path.dirname(path.join(app, file)), { recursive: true })
    await writeFile(path.join(app, file), text)
  }
  const certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const certFile = path.join(folder, 'cert.pem')
  await writeFile(certFile, certificate.cert)
  const account = await startAccount({ tls: { key: certificate.private, cert: certificate.cert } })
  const { port } = new URL(account.zendesk.url)
  const token = account.tokenFor(account.admin)

  return {
    ...{ account, app, folder },
    /** Runs a zcli command; answers everything it printed. */
    zcli: (...args: string[]) =>
      new Promise<{ code: number; output: string }>((resolve) => {
        const env = {
          ...{ PATH: `${BIN}:${process.env.PATH}`, HOME: folder, XDG_DATA_HOME: folder, NO_COLOR: '1', CI: 'true' },
          // zcli asks https://<subdomain>.<domain>: this makes it 127.0.0.1 and the port.
          ...{ ZENDESK_SUBDOMAIN: '127', ZENDESK_DOMAIN: `0.0.1:${port}`, ZENDESK_OAUTH_TOKEN: token },
          NODE_EXTRA_CA_CERTS: certFile,
        }
        execFile(path.join(BIN, 'node'), [path.join(BIN, 'zcli'), ...args], { env, cwd: folder }, (error, out, err) => {
          resolve({ code: error ? Number(error.code) || 1 : 0, output: out + err })
        })
      }),
    async [Symbol.asyncDispose]() {
      await account[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

describe('zcli 1.0.1', () => {
  it('validates an app', { timeout: 60_000 }, async () => {
    await using all = await startZcli()
    const { code, output } = await all.zcli('apps:validate', all.app)
    expect(output).toContain('No validation errors')
    expect(code).toBe(0)
  })

  it('prints why an app is refused', { timeout: 60_000 }, async () => {
    await using all = await startZcli({ frameworkVersion: '1.0' }, { 'assets/logo.png': null })
    const { code, output } = await all.zcli('apps:validate', all.app)
    expect(output).toContain('"1.0" is not a valid frameworkVersion')
    expect(output).toContain('assets/logo.png')
    expect(code).not.toBe(0)
  })

  it('packages an app', { timeout: 60_000 }, async () => {
    await using all = await startZcli()
    const { code, output } = await all.zcli('apps:package', all.app)
    expect(output).toContain('Package created')
    expect(code).toBe(0)
    const [name] = await readdir(path.join(all.app, 'tmp'))
    expect(name).toMatch(/^app-\d+\.zip$/)
  })

  it('creates and installs an app with its settings', { timeout: 60_000 }, async () => {
    const config = { parameters: { server_url: 'https://baton.example', shared_secret: 's', api_key: 'k' } }
    await using all = await startZcli({}, { 'zcli.apps.config.json': JSON.stringify(config) })
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
    await using all = await startZcli({}, { 'zcli.apps.config.json': JSON.stringify(config) })
    await all.zcli('apps:create', all.app)
    const manifest = JSON.parse(appFiles({ version: '1.0.1' })['manifest.json']!)
    await writeFile(path.join(all.app, 'manifest.json'), JSON.stringify(manifest))
    const { output } = await all.zcli('apps:update', all.app)
    expect(output).toContain('Successfully updated app: Fixture')
    expect(Object.values(all.account.world.state.apps)).toMatchObject([{ manifest: { version: '1.0.1' } }])
    expect(Object.keys(all.account.world.state.installations)).toHaveLength(1)
  })

  it('is told when its token holds no longer', { timeout: 60_000 }, async () => {
    await using all = await startZcli()
    for (const token of Object.values(all.account.world.state.oauth_tokens)) token.revoked = true
    const { code } = await all.zcli('apps:validate', all.app)
    expect(code).not.toBe(0)
  })
})
