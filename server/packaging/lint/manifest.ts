import type { AppFiles } from '../app-files.ts'
import { error, type LintFinding, warning } from './finding.ts'
import { isJsonObject, type JsonObject } from './json-file.ts'
import { lintLocations } from './locations.ts'
import { lintParameters } from './parameters.ts'
import { LOCALE } from './translations.ts'

const FILE = 'manifest.json'
const STRINGS = [
  'name',
  'defaultLocale',
  'version',
  'frameworkVersion',
  'remoteInstallationURL',
  'termsConditionsURL',
  'gaID',
]
const BOOLEANS = ['private', 'singleInstall', 'signedUrls', 'requirementsOnly', 'marketingOnly']
const OTHERS = ['author', 'location', 'parameters', 'domainWhitelist', 'oauth', 'experiments', 'noTemplate']
const OAUTH_KEYS = ['client_id', 'client_secret', 'authorize_uri', 'access_token_uri']

/** Source: the manifest rules of Zendesk's own validator, github.com/zendesk/zendesk_apps_support. */
export function lintManifest(manifest: JsonObject, files: AppFiles): LintFinding[] {
  const hasApp = manifest.requirementsOnly !== true && manifest.marketingOnly !== true
  return [
    ...requiredKeys(manifest, hasApp),
    ...types(manifest),
    ...author(manifest.author),
    ...locale(manifest, files),
    ...versions(manifest, hasApp),
    ...whitelist(manifest),
    ...oauth(manifest),
    ...(hasApp ? lintLocations(manifest, files) : []),
    ...lintParameters(manifest),
  ]
}

function requiredKeys(manifest: JsonObject, hasApp: boolean): LintFinding[] {
  const required = hasApp ? ['author', 'defaultLocale', 'frameworkVersion', 'location'] : ['author', 'defaultLocale']
  return required
    .filter((key) => manifest[key] === undefined || manifest[key] === null)
    .map((key) => error('manifest-key-missing', FILE, `The key "${key}" is missing; every app needs it.`))
}

function types(manifest: JsonObject): LintFinding[] {
  const findings: LintFinding[] = []
  for (const [key, value] of Object.entries(manifest)) {
    if (STRINGS.includes(key) && typeof value !== 'string') {
      findings.push(error('manifest-type', FILE, `"${key}" must be text in quotes.`))
    }
    if (BOOLEANS.includes(key) && typeof value !== 'boolean') {
      findings.push(error('manifest-type', FILE, `"${key}" must be true or false, without quotes.`))
    }
    if (key === 'experiments' && !isJsonObject(value)) {
      findings.push(error('manifest-type', FILE, '"experiments" must be an object.'))
    }
    if (![...STRINGS, ...BOOLEANS, ...OTHERS].includes(key) && !key.startsWith('_')) {
      findings.push(warning('manifest-key-unknown', FILE, `Zendesk ignores the key "${key}"; is it misspelt?`))
    }
  }
  if (manifest.termsConditionsURL !== undefined && !isWebAddress(manifest.termsConditionsURL)) {
    findings.push(
      error('manifest-url', FILE, '"termsConditionsURL" must be an address that begins with http:// or https://.'),
    )
  }
  return findings
}

function author(value: unknown): LintFinding[] {
  if (value === undefined || value === null) return []
  if (!isJsonObject(value)) return [error('manifest-type', FILE, '"author" must be an object with name and email.')]
  const findings = ['name', 'email', 'url']
    .filter((key) => value[key] !== undefined && typeof value[key] !== 'string')
    .map((key) => error('manifest-type', FILE, `"author.${key}" must be text in quotes.`))
  if (typeof value.url === 'string' && !isWebAddress(value.url)) {
    findings.push(error('manifest-url', FILE, '"author.url" must be an address that begins with http:// or https://.'))
  }
  return findings
}

function locale({ defaultLocale }: JsonObject, files: AppFiles): LintFinding[] {
  if (typeof defaultLocale !== 'string') return []
  if (!LOCALE.test(defaultLocale)) {
    return [error('default-locale', FILE, `"defaultLocale" must look like "en" or "pt-BR", not "${defaultLocale}".`)]
  }
  const file = `translations/${defaultLocale}.json`
  return files.has(file)
    ? []
    : [error('default-locale', FILE, `"defaultLocale" is "${defaultLocale}", but there is no ${file}; add it.`)]
}

function versions(manifest: JsonObject, hasApp: boolean): LintFinding[] {
  const findings: LintFinding[] = []
  const { frameworkVersion, version } = manifest
  if (hasApp && typeof frameworkVersion === 'string' && frameworkVersion !== '2.0') {
    findings.push(error('framework-version', FILE, `"frameworkVersion" must be "2.0", not "${frameworkVersion}".`))
  }
  if (manifest.noTemplate !== undefined) {
    findings.push(
      error('no-template', FILE, 'Remove "noTemplate"; use "autoLoad": false or "autoHide": true at the location.'),
    )
  }
  if (typeof version === 'string' && !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) {
    findings.push(warning('version', FILE, `"version" should have three numbers such as "1.0.0", not "${version}".`))
  }
  return findings
}

/** A bare host name; Zendesk's proxy compares it with the host of a request. */
const HOST = /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i

function whitelist({ domainWhitelist, parameters }: JsonObject): LintFinding[] {
  const isSecure = Array.isArray(parameters) && parameters.some((item) => isJsonObject(item) && item.secure === true)
  if (domainWhitelist === undefined || domainWhitelist === null) {
    if (!isSecure) return []
    const message =
      'A secure setting needs "domainWhitelist" with the hosts it may be sent to, such as ["baton.example.com"].'
    return [error('domain-whitelist', FILE, message)]
  }
  if (!Array.isArray(domainWhitelist) || !domainWhitelist.every((host) => typeof host === 'string')) {
    return [error('domain-whitelist', FILE, '"domainWhitelist" must be a list of host names in quotes.')]
  }
  if (isSecure && domainWhitelist.length === 0) {
    return [
      error('domain-whitelist', FILE, '"domainWhitelist" is empty; name the hosts the secure setting may be sent to.'),
    ]
  }
  return (domainWhitelist as string[])
    .filter((host) => !HOST.test(host) && !host.includes('{{setting.'))
    .map((host) =>
      warning(
        'domain-whitelist',
        FILE,
        `"${host}" in "domainWhitelist" should be a bare host name: no https://, port or path.`,
      ),
    )
}

function oauth({ oauth, parameters }: JsonObject): LintFinding[] {
  if (oauth === undefined || oauth === null) return []
  if (!isJsonObject(oauth)) return [error('oauth', FILE, '"oauth" must be an object.')]
  const findings = OAUTH_KEYS.filter((key) => typeof oauth[key] !== 'string' || oauth[key] === '').map((key) =>
    error('oauth', FILE, `"oauth.${key}" is missing.`),
  )
  const hasParameter =
    Array.isArray(parameters) && parameters.some((item) => isJsonObject(item) && item.type === 'oauth')
  if (!hasParameter) findings.push(error('oauth', FILE, '"oauth" needs one parameter of the type "oauth".'))
  return findings
}

function isWebAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return /^https?:$/.test(protocol) && hostname !== ''
}
