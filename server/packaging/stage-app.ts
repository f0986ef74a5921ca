import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Keeps zcli, which packages whatever it finds, to what belongs into the package. Lines are globs. */
const ZCLI_IGNORE = [
  'zcli.apps.config.json',
  '**/zcli.apps.config.json',
  '**/*.map',
  '**/.env*',
  'tmp/**',
  '**/*.zip',
  '',
]

export type StageOptions = {
  /** Folder with manifest.json, translations/, assets/, requirements.json and package.json. */
  root: string
  /** The package's folder; the built app is already in its `assets/`. */
  folder: string
  /** Host of the server the app may talk to; the only one its secret is ever sent to. */
  serverHost: string
}

/**
 * Completes the folder the package is made from: manifest with the server's host and the project's version,
 * translations, logos, requirements. Whatever else lies in the folder, beside the built `assets/`, is removed.
 *
 * @throws when the host is not a bare host name
 */
export function stageApp({ root, folder, serverHost }: StageOptions): void {
  checkHost(serverHost)
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  removeStrays(folder)

  const manifest = readJson(path.join(root, 'manifest.json'))
  const { version } = readJson(path.join(root, 'package.json'))
  const placed = serverHost === 'localhost' ? manifest : withPageAt(manifest, `https://${serverHost}`)
  writeJson(path.join(folder, 'manifest.json'), { ...placed, version, domainWhitelist: [serverHost] })

  for (const name of readdirSync(path.join(root, 'translations'))) {
    if (name.endsWith('.json'))
      copyFileSync(path.join(root, 'translations', name), path.join(folder, 'translations', name))
  }
  for (const name of ['logo.png', 'logo-small.png', 'icon_nav_bar.svg']) {
    copyFileSync(path.join(root, 'assets', name), path.join(folder, 'assets', name))
  }
  const requirements = path.join(root, 'requirements.json')
  if (existsSync(requirements) && Object.keys(readJson(requirements)).length > 0) {
    copyFileSync(requirements, path.join(folder, 'requirements.json'))
  }
  writeFileSync(path.join(folder, '.zcliignore'), ZCLI_IGNORE.join('\n'))
}

/** The manifest with the page in the navigation bar opened from a server, such as `https://baton.example.com`. */
export function withPageAt(manifest: Record<string, unknown>, serverUrl: string): Record<string, unknown> {
  const { support } = manifest.location as { support: Record<string, object> }
  const page = { ...support.nav_bar, url: `${serverUrl}/desk` }
  return { ...manifest, location: { support: { ...support, nav_bar: page } } }
}

function checkHost(host: string): void {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(host)) return
  throw new Error(
    `BATON_SERVER_HOST must be a bare host name such as baton.example.com (no https://, port or path), not "${host}".`,
  )
}

function removeStrays(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== 'assets') rmSync(path.join(folder, name), { recursive: true })
  }
  mkdirSync(path.join(folder, 'translations'))
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}
