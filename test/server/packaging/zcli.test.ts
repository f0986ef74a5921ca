import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readAppFiles } from '../../../server/packaging/app-files.ts'
import { freePort } from '../../support/free-port.ts'
import { BUILT_APP } from '../../support/local-baton.ts'
import { startZcli } from '../../zendesk/apps/zcli.ts'

/** The app as `npm run build` left it, with the settings an admin would give. */
function builtApp(): Record<string, string | Uint8Array> {
  const parameters = { server_url: 'https://localhost', shared_secret: 'a'.repeat(32) }
  return { ...Object.fromEntries(readAppFiles(BUILT_APP)), 'zcli.apps.config.json': JSON.stringify({ parameters }) }
}

describe('the built app, with Zendesk’s own zcli', { timeout: 60_000 }, () => {
  it('is valid, and packs without the settings beside it', async () => {
    await using all = await startZcli(builtApp())
    const { code, output } = await all.zcli('apps:package', all.app)
    expect(output).toContain('Package created')
    expect(code).toBe(0)

    const [zip] = readdirSync(path.join(all.app, 'tmp'))
    const packed = unzipSync(await readFile(path.join(all.app, 'tmp', zip!)))
    const files = Object.keys(packed).filter((name) => !name.endsWith('/'))
    expect(files).toContain('assets/index.html')
    expect(files).not.toContain('zcli.apps.config.json')
    expect(files.toSorted()).toEqual(
      [...readAppFiles(BUILT_APP).keys()].filter((name) => name !== '.zcliignore').toSorted(),
    )
  })

  it('is created and installed', async () => {
    await using all = await startZcli(builtApp())
    const { output } = await all.zcli('apps:create', all.app)
    expect(output).toContain('Successfully installed app: Baton')
    expect(Object.values(all.account.world.state.installations)).toMatchObject([
      { settings: { server_url: 'https://localhost' }, secure_settings: { shared_secret: 'a'.repeat(32) } },
    ])
  })

  it('is served for development', async () => {
    await using all = await startZcli(builtApp())
    const port = await freePort()
    const serving = all.startZcli('apps:server', all.app, '--port', String(port))
    try {
      let printed = ''
      for await (const chunk of serving.stdout) {
        printed += String(chunk)
        if (printed.includes('Apps server is running')) break
      }
      const { apps } = (await (await fetch(`http://localhost:${port}/app.json`)).json()) as {
        apps: { name: string; asset_url_prefix: string }[]
      }
      expect(apps).toMatchObject([{ name: 'Baton' }])
      const index = await fetch(`${apps[0]!.asset_url_prefix}index.html`)
      expect(await index.text()).toContain('<title>Baton</title>')
    } finally {
      serving.kill('SIGKILL')
      await once(serving, 'close')
    }
  })
})
