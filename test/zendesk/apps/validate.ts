import { LOCALE } from './locale.ts'
import type { PackageFiles } from './package.ts'
import { readText } from './package.ts'
import { isObject, readJson } from './read-json.ts'
import { locationProblems } from './validate-locations.ts'
import { parameterProblems } from './validate-parameters.ts'
import { requirementProblems } from './validate-requirements.ts'
import { translationProblems } from './validate-translations.ts'

export type AppManifest = Record<string, unknown> & { name?: string; version?: string }

export type Validation = { problems: string[]; manifest: AppManifest | null }

/** Content that is refused whatever the rest is like. Source: zendesk_apps_support, validations/mime.rb. */
const REFUSED_EXTENSIONS = /\.(rar|zip|gz|gzip|pdf|docx?|avi|bin|bz2?|csh|sh|jar|mp3|mpe?g|odt|pptx?|xlsx?|7z)$/i

/**
 * What Zendesk's validator would refuse an app for, each a sentence; no problems means it may be uploaded.
 *
 * Written from the rules of the validator and apart from the project's own linter, so that each checks the other.
 * Source: zendesk_apps_support 4.52.0, validations.
 */
export function validateApp(files: PackageFiles): Validation {
  const text = readText(files, 'manifest.json')
  if (text === null) {
    const nested = Object.keys(files).find((path) => /^[^/]+\/manifest\.json$/.test(path))
    const problem = nested
      ? `Could not find manifest.json in the root of the zip file, but it was found in ${nested.split('/')[0]}: zip the files, not their folder`
      : 'Could not find manifest.json'
    return { problems: [problem], manifest: null }
  }
  const reading = readJson(text)
  if ('problem' in reading) {
    const problem =
      reading.problem === 'not-json'
        ? 'manifest is not proper JSON'
        : `Duplicate reference in manifest: "${reading.key}"`
    return { problems: [problem], manifest: null }
  }
  if (!isObject(reading.value)) return { problems: ['manifest is not proper JSON'], manifest: null }
  const manifest = reading.value as AppManifest

  const problems = [
    ...manifestProblems(manifest, files),
    ...locationProblems(manifest, files),
    ...parameterProblems(manifest),
    ...translationProblems(manifest, files),
    ...requirementProblems(manifest, files),
    ...fileProblems(manifest, files),
  ]
  return { problems, manifest }
}

const BOOLEANS = ['private', 'singleInstall', 'signedUrls', 'requirementsOnly', 'marketingOnly']
const STRINGS = ['name', 'version', 'remoteInstallationURL', 'gaID', 'defaultLocale']

function manifestProblems(manifest: AppManifest, files: PackageFiles): string[] {
  const problems: string[] = []
  const hasNoUi = manifest.requirementsOnly === true || manifest.marketingOnly === true
  const required = hasNoUi ? ['author', 'defaultLocale'] : ['author', 'defaultLocale', 'location', 'frameworkVersion']
  const missing = required.filter((key) => manifest[key] === undefined || manifest[key] === null)
  if (missing.length > 0) problems.push(`Missing required fields in manifest: ${missing.join(', ')}`)

  for (const key of BOOLEANS) {
    if (manifest[key] !== undefined && typeof manifest[key] !== 'boolean') {
      problems.push(`${key} must be a boolean value, got ${JSON.stringify(manifest[key])}.`)
    }
  }
  for (const key of STRINGS) {
    if (manifest[key] !== undefined && manifest[key] !== null && typeof manifest[key] !== 'string') {
      problems.push(`${key} must be a string value, got ${JSON.stringify(manifest[key])}.`)
    }
  }
  problems.push(...authorProblems(manifest.author), ...localeProblems(manifest.defaultLocale, files))
  if (!hasNoUi && manifest.frameworkVersion !== undefined && manifest.frameworkVersion !== '2.0') {
    problems.push(`${JSON.stringify(manifest.frameworkVersion)} is not a valid frameworkVersion. Expected "2.0".`)
  }
  if (manifest.noTemplate !== undefined)
    problems.push('noTemplate is deprecated in v2: use autoLoad or autoHide of a location.')
  if (manifest.termsConditionsURL !== undefined && !isHttpUrl(manifest.termsConditionsURL)) {
    problems.push('termsConditionsURL must be a valid URL.')
  }
  const whitelist = manifest.domainWhitelist
  if (whitelist !== undefined && whitelist !== null) {
    if (!Array.isArray(whitelist) || whitelist.some((entry) => typeof entry !== 'string')) {
      problems.push('domainWhitelist must be an array of strings.')
    }
  }
  return problems
}

function authorProblems(author: unknown): string[] {
  if (author === undefined || author === null) return []
  if (!isObject(author)) return ['author must be an object.']
  const problems = ['name', 'email', 'url']
    .filter((key) => author[key] !== undefined && typeof author[key] !== 'string')
    .map((key) => `author ${key} must be a string value.`)
  if (typeof author.url === 'string' && author.url && !isHttpUrl(author.url))
    problems.push('author url must be a valid URL.')
  return problems
}

function localeProblems(locale: unknown, files: PackageFiles): string[] {
  if (typeof locale !== 'string') return []
  if (!LOCALE.test(locale)) return [`${locale} is not a valid default locale.`]
  return files[`translations/${locale}.json`] ? [] : [`Missing translation file for ${locale}.`]
}

function isHttpUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
}

function fileProblems(manifest: AppManifest, files: PackageFiles): string[] {
  const paths = Object.keys(files)
  const problems = paths
    .filter((path) => REFUSED_EXTENSIONS.test(path))
    .map((path) => `Unsupported MIME type detected in ${path}.`)
  if (manifest.requirementsOnly === true || manifest.marketingOnly === true) {
    const code = paths.filter((path) => /^assets\/.*\.(js|css)$/.test(path) || path === 'app.js' || path === 'app.css')
    problems.push(...code.map((path) => `${path} is not allowed in an app without a user interface.`))
  } else {
    const missing = ['assets/logo.png', 'assets/logo-small.png'].filter((path) => !hasImage(paths, path))
    problems.push(...missing.map((path) => `Missing ${path}: every app needs logo.png and logo-small.png.`))
  }
  return problems
}

/** Several products in one package keep their images in a folder each. */
function hasImage(paths: string[], wanted: string): boolean {
  const name = wanted.slice('assets/'.length)
  return (
    paths.includes(wanted) || paths.some((path) => new RegExp(`^assets/[^/]+/${name.replace('.', '\\.')}$`).test(path))
  )
}
