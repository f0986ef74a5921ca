import { strToU8, zipSync } from 'fflate'
import type { App } from '../state/model.ts'
import type { World } from '../world.ts'
import { deployApp } from './deploy.ts'
import type { PackageFiles } from './package.ts'

export const MANIFEST = {
  name: 'Fixture',
  author: { name: 'Acme', email: 'dev@acme.example', url: 'https://acme.example' },
  defaultLocale: 'en',
  private: true,
  version: '1.0.0',
  frameworkVersion: '2.0',
  location: { support: { ticket_sidebar: { url: 'assets/index.html', flexible: true } } },
  parameters: [
    { name: 'server_url', type: 'url', required: true },
    { name: 'shared_secret', type: 'text', secure: true, required: true, scopes: ['jwt_secret_key'] },
    { name: 'api_key', type: 'text', secure: true, scopes: ['header', 'body'] },
  ],
  domainWhitelist: ['127.0.0.1', 'baton.example'],
}

const LABELS = Object.fromEntries(MANIFEST.parameters.map(({ name }) => [name, { label: name }]))

/** The text files of a small app that may be uploaded; a null takes one away. */
export function appFiles(manifest: object = {}, others: Record<string, string | null> = {}): Record<string, string> {
  const files: Record<string, string | null> = {
    'manifest.json': JSON.stringify({ ...MANIFEST, ...manifest }),
    'translations/en.json': JSON.stringify({ app: { name: 'Fixture', parameters: LABELS } }),
    'assets/index.html': '<!doctype html><title>Fixture</title>',
    'assets/logo.png': 'png',
    'assets/logo-small.png': 'png',
    ...others,
  }
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null))
}

export function asPackage(files: Record<string, string>): PackageFiles {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))
}

export function asZip(files: Record<string, string>): Uint8Array {
  return zipSync(asPackage(files))
}

/** Deploys the small app straight into the world. */
export function deployFixture(world: World, manifest: object = {}, others: Record<string, string | null> = {}): App {
  return deployApp(world, asZip(appFiles(manifest, others)))
}
