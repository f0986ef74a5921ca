import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addAppCommands } from '../../../server/cli/app.ts'
import { readAppFiles } from '../../../server/packaging/app-files.ts'
import { lintApp } from '../../../server/packaging/lint/lint-app.ts'
import { PackageRefused, packageApp } from '../../../server/packaging/package.ts'
import { stageApp } from '../../../server/packaging/stage-app.ts'
import { zipApp } from '../../../server/packaging/zip-app.ts'
import { aPackage } from './fixtures.ts'

const root = path.resolve(import.meta.dirname, '../../..')
let dist: string
let folder: string

beforeEach(() => {
  dist = mkdtempSync(path.join(tmpdir(), 'baton-package-'))
  folder = path.join(dist, 'app')
  write('assets/index.html', '<!doctype html><script type="module" src="./index.js"></script>')
  write('assets/index.js', 'document.body.append("Baton")')
})
afterEach(() => rmSync(dist, { recursive: true }))

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), content)
}

function stage(serverHost = 'baton.example.com'): void {
  stageApp({ root, folder, serverHost })
}

const PACKED = [
  'assets/icon_nav_bar.svg',
  'assets/index.html',
  'assets/index.js',
  'assets/logo-small.png',
  'assets/logo.png',
  'manifest.json',
  'translations/de.json',
  'translations/en.json',
]

describe('stageApp', () => {
  it('completes the folder so that the linter has nothing to say', () => {
    stage()
    expect([...readAppFiles(folder).keys()]).toEqual(['.zcliignore', ...PACKED])
    expect(lintApp(readAppFiles(folder))).toEqual([])
  })

  it('stamps the host of the server and the version of the project', () => {
    stage('esc.acme.com')
    const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'))
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ version, domainWhitelist: ['esc.acme.com'] })
  })

  it('removes what an earlier build or another tool left', () => {
    write('zcli.apps.config.json', '{"parameters":{"shared_secret":"x"}}')
    write('translations/fr.json', '{}')
    write('tmp/app-1.zip', 'PK')
    stage()
    stage()
    expect([...readAppFiles(folder).keys()]).toEqual(['.zcliignore', ...PACKED])
    expect(existsSync(path.join(folder, 'tmp'))).toBe(false)
  })

  it.each(['https://baton.example.com', 'baton.example.com:8443', 'baton.example.com/x', '', 'a b'])(
    'refuses %j as a host',
    (host) => {
      expect(() => stage(host)).toThrow('BATON_SERVER_HOST must be a bare host name such as baton.example.com')
    },
  )
})

describe('packageApp', () => {
  it('packs exactly what belongs into the package', () => {
    stage()
    write('README.md', 'x')
    const made = packageApp(folder, dist)
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    expect(made).toMatchObject({
      file: path.join(dist, `baton-${version}.zip`),
      leftOut: ['.zcliignore', 'README.md'],
      warnings: [],
    })
    expect(Object.keys(unzipSync(readFileSync(made.file)))).toEqual(PACKED)
    expect(made.bytes).toBe(readFileSync(made.file).length)
  })

  it('packs what zcli packs', async () => {
    stage()
    write('zcli.apps.config.json', '{}')
    write('assets/index.js.map', '{}')
    const { createAppPkg } = createRequire(import.meta.url)('@zendesk/zcli-apps/dist/lib/package.js')
    const zip: string = await createAppPkg(folder)
    const packed = Object.entries(unzipSync(readFileSync(zip))).filter(([name]) => !name.endsWith('/'))
    expect(packed.map(([name]) => name).toSorted()).toEqual(PACKED)
  })

  it('gives the same bytes for the same files', () => {
    stage()
    const first = readFileSync(packageApp(folder, dist).file)
    for (const name of readdirSync(path.join(folder, 'assets'))) utimesSync(path.join(folder, 'assets', name), 1e9, 1e9)
    expect(readFileSync(packageApp(folder, dist).file).equals(first)).toBe(true)
    const files = aPackage()
    expect(zipApp(new Map([...files].reverse()))).toEqual(zipApp(files))
  })

  it('refuses a package with errors and writes nothing', () => {
    stage()
    write('.env', 'SECRET=1')
    expect(() => packageApp(folder, dist)).toThrow(PackageRefused)
    expect(readdirSync(dist)).toEqual(['app'])
  })

  it('refuses links', () => {
    stage()
    symlinkSync('/etc/hostname', path.join(folder, 'assets/link.txt'))
    expect(() => packageApp(folder, dist)).toThrow('link.txt is a link; Zendesk refuses links')
  })
})

describe('baton app', () => {
  async function run(...args: string[]): Promise<{ printed: string; failure: string | null }> {
    let printed = ''
    const program = new Command().exitOverride().configureOutput({ writeOut: (text) => (printed += text) })
    addAppCommands(program)
    try {
      await program.parseAsync(['app', ...args], { from: 'user' })
      return { printed, failure: null }
    } catch (error) {
      return { printed, failure: (error as Error).message }
    }
  }

  it('lints a folder', async () => {
    stage()
    expect(await run('lint', folder)).toEqual({ printed: 'No errors, no warnings.\n', failure: null })
    write('assets/index.js.map', '{}')
    expect(await run('lint', folder)).toEqual({
      printed:
        'error  assets/index.js.map: Source maps are large and show the sources; build without them. [source-map]\n',
      failure: 'Zendesk would refuse this app: 1 error.',
    })
    expect(JSON.parse((await run('lint', folder, '--json')).printed)).toMatchObject([{ rule: 'source-map' }])
  })

  it('packages a folder and lists what is inside', async () => {
    stage()
    const { printed, failure } = await run('package', folder)
    expect(failure).toBeNull()
    for (const file of PACKED) expect(printed).toContain(`  ${file}\n`)
    expect(printed).toMatch(/baton-\d+\.\d+\.\d+\.zip: 8 files, \d+ bytes\n$/)
  })

  it('says what is wrong instead of packaging', async () => {
    stage()
    rmSync(path.join(folder, 'assets/logo.png'))
    const { printed, failure } = await run('package', folder)
    expect(printed).toContain('[logo-missing]')
    expect(failure).toBe('The app was not packaged: 1 error to repair first.')
  })

  it('says what to do when nothing was built', async () => {
    const missing = path.join(dist, 'missing')
    expect((await run('lint', missing)).failure).toBe(
      `There is no folder ${missing}. Run \`npm run build\` first; it puts the app there.`,
    )
  })
})
