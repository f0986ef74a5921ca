import type { AppFiles } from '../app-files.ts'
import { zipApp } from '../zip-app.ts'
import { error, type LintFinding, warning } from './finding.ts'

/** Zendesk's limit for the zip of a private app. */
export const ZIP_LIMIT = 2 * 1024 * 1024

const FORBIDDEN = new Set(
  'rar zip gz gzip pdf doc docx avi bin bz bz2 csh sh jar mp3 mpeg odt pptx ppt xls xlsx 7z'.split(' '),
)
/** First bytes of the archives and documents Zendesk refuses under any name. */
const FORBIDDEN_SIGNATURES: [string, string][] = [
  ['PK\x03\x04', 'a zip archive'],
  ['Rar!', 'a rar archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['BZh', 'a bzip2 archive'],
  ['7z\xbc\xaf', 'a 7z archive'],
  ['%PDF', 'a PDF'],
]
const SECRET_FILES =
  /(?:^|\/)(?:zcli\.apps\.config\.json|\.env(?:\.[^/]*)?|\.npmrc|\.netrc|id_rsa|[^/]*\.(?:pem|key|p12|pfx))$/
const ALLOWED_HIDDEN = new Set(['.zcliignore'])

/** What may be in a package at all, whatever it is for. */
export function lintContent(files: AppFiles): LintFinding[] {
  const findings = [...files].flatMap(([file, content]) => lintFile(file, content))
  const bytes = zipApp(files).length
  if (bytes > ZIP_LIMIT) {
    const message = `Zipped, the package has ${bytes} bytes; at most ${ZIP_LIMIT} are allowed. Look for what is large and leave it out.`
    findings.push(error('size', '.', message))
  }
  return findings
}

function lintFile(file: string, content: Uint8Array): LintFinding[] {
  if (SECRET_FILES.test(file)) {
    return [
      error('secret-file', file, 'This holds secrets and everyone who gets the package could read it; take it out.'),
    ]
  }
  if (file.split('/').includes('node_modules')) {
    return [error('node-modules', file, 'Packages must be bundled, not shipped; take node_modules out.')]
  }
  if (file.split('/').some((part) => part.startsWith('.')) && !ALLOWED_HIDDEN.has(file)) {
    return [warning('hidden-file', file, 'Hidden files do not belong into a package; take it out.')]
  }
  if (file.endsWith('.map')) {
    return [error('source-map', file, 'Source maps are large and show the sources; build without them.')]
  }
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase()
  if (FORBIDDEN.has(extension)) {
    return [error('forbidden-file', file, `Zendesk refuses packages with .${extension} files; take it out.`)]
  }
  const start = String.fromCharCode(...content.subarray(0, 8))
  const disguised = FORBIDDEN_SIGNATURES.find(([signature]) => start.startsWith(signature))
  if (disguised) return [error('forbidden-file', file, `This is ${disguised[1]}, which Zendesk refuses; take it out.`)]
  return /^(?:js|mjs|html|htm)$/.test(extension) ? lintAddresses(file, new TextDecoder().decode(content)) : []
}

/** Names of XML vocabularies and local hosts are no addresses anything is loaded from. */
const HARMLESS = /^http:\/\/(?:www\.w3\.org\/|localhost\b|127\.0\.0\.1\b)/

function lintAddresses(file: string, text: string): LintFinding[] {
  const addresses = new Set([...text.matchAll(/http:\/\/[a-z0-9][^\s"'`<>\\)]{3,200}/g)].map(([address]) => address))
  const unsafe = [...addresses].filter((address) => !HARMLESS.test(address))
  if (unsafe.length === 0) return []
  const shown = unsafe.slice(0, 3).join(', ')
  return [
    warning('insecure-url', file, `Addresses should begin with https://: ${shown}${unsafe.length > 3 ? ', …' : ''}`),
  ]
}
