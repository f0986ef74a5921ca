import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')

export type Package = Map<string, Uint8Array>

/** A package like ours: the project's own manifest, translations and logos, and a small app. */
export function aPackage(changes: Record<string, string | Uint8Array | null> = {}): Package {
  const own = [
    'manifest.json',
    'translations/en.json',
    'translations/de.json',
    'assets/logo.png',
    'assets/logo-small.png',
    'assets/icon_nav_bar.svg',
  ]
  const files: Package = new Map(own.map((file) => [file, new Uint8Array(readFileSync(path.join(root, file)))]))
  files.set('assets/index.html', bytes('<!doctype html><script type="module" src="./index.js"></script>'))
  files.set('assets/index.js', bytes('document.body.append("Baton")'))
  for (const [file, content] of Object.entries(changes)) {
    if (content === null) files.delete(file)
    else files.set(file, typeof content === 'string' ? bytes(content) : content)
  }
  return files
}

/** The same with some keys of the manifest changed; `undefined` removes one. */
export function withManifest(changes: Record<string, unknown>): Package {
  return aPackage({ 'manifest.json': JSON.stringify({ ...ownManifest(), ...changes }) })
}

export function withParameter(parameter: Record<string, unknown>): Package {
  const { parameters } = ownManifest() as { parameters: object[] }
  const texts = JSON.parse(readFileSync(path.join(root, 'translations/en.json'), 'utf8'))
  texts.app.parameters[String(parameter.name)] = { label: 'Label' }
  return aPackage({
    'manifest.json': JSON.stringify({ ...ownManifest(), parameters: [...parameters, parameter] }),
    'translations/en.json': JSON.stringify(texts),
    'translations/de.json': JSON.stringify(texts),
  })
}

export function withTranslation(change: (app: Record<string, unknown>) => void, manifest: object = {}): Package {
  const texts = JSON.parse(readFileSync(path.join(root, 'translations/en.json'), 'utf8'))
  change(texts.app)
  return aPackage({
    'manifest.json': JSON.stringify({ ...ownManifest(), ...manifest }),
    'translations/en.json': JSON.stringify(texts),
  })
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The header of a PNG of this size; enough for whoever only asks its size. */
export function aPng(width: number, height: number): Uint8Array {
  const png = new Uint8Array(33)
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const header = new DataView(png.buffer)
  header.setUint32(16, width)
  header.setUint32(20, height)
  return png
}

function ownManifest(): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(root, 'manifest.json'), 'utf8'))
}
