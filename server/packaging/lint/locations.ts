import type { AppFiles } from '../app-files.ts'
import { error, type LintFinding, warning } from './finding.ts'
import { isJsonObject, type JsonObject } from './json-file.ts'

const FILE = 'manifest.json'
const PRODUCTS = ['support', 'chat', 'standalone_chat', 'sell', 'zendesk', 'zopim']
const SUPPORT_LOCATIONS = [
  ...[
    'top_bar',
    'nav_bar',
    'ticket_sidebar',
    'new_ticket_sidebar',
    'user_sidebar',
    'organization_sidebar',
    'background',
  ],
  ...['modal', 'ticket_editor', 'system_top_bar', 'custom_object_record_sidebar'],
]
const OPTIONS = ['url', 'autoLoad', 'autoHide', 'flexible', 'signed', 'size', 'objectTypes', 'legacy']
const WITH_ICON = ['top_bar', 'nav_bar', 'system_top_bar', 'ticket_editor']

/** Where the app shows itself. Source: location rules of github.com/zendesk/zendesk_apps_support. */
export function lintLocations({ location }: JsonObject, files: AppFiles): LintFinding[] {
  if (location === undefined || location === null) return []
  if (!isJsonObject(location)) {
    return [error('location', FILE, '"location" must be an object by product: { "support": { "ticket_sidebar": … } }.')]
  }
  if (Object.keys(location).length === 0) {
    return [error('location', FILE, '"location" is empty; name at least one place, such as support.ticket_sidebar.')]
  }
  return Object.entries(location).flatMap(([product, places]) => {
    if (!PRODUCTS.includes(product)) {
      return [
        error('location-product', FILE, `"${product}" is no product; use one of ${PRODUCTS.slice(0, 4).join(', ')}.`),
      ]
    }
    if (!isJsonObject(places)) return [error('location', FILE, `"location.${product}" must be an object of places.`)]
    return Object.entries(places).flatMap(([place, options]) => lintPlace(product, place, options, files))
  })
}

function lintPlace(product: string, place: string, value: unknown, files: AppFiles): LintFinding[] {
  const name = `location.${product}.${place}`
  if ((product === 'support' || product === 'zendesk') && !SUPPORT_LOCATIONS.includes(place)) {
    const message = `"${place}" is no place in Support; use one of ${SUPPORT_LOCATIONS.join(', ')}.`
    return [error('location-unknown', FILE, message)]
  }
  const options = typeof value === 'string' ? { url: value } : value
  if (!isJsonObject(options)) return [error('location', FILE, `"${name}" must be an address or an object with "url".`)]

  const findings = Object.keys(options)
    .filter((option) => !OPTIONS.includes(option))
    .map((option) => warning('location-option', FILE, `Zendesk ignores "${name}.${option}"; is it misspelt?`))
  for (const option of ['autoLoad', 'autoHide', 'flexible', 'signed']) {
    if (options[option] !== undefined && typeof options[option] !== 'boolean') {
      findings.push(error('location-option', FILE, `"${name}.${option}" must be true or false, without quotes.`))
    }
  }
  findings.push(...lintUrl(name, options, files))
  const icon = product === 'support' ? `assets/icon_${place}.svg` : `assets/${product}/icon_${place}.svg`
  if (WITH_ICON.includes(place) && !files.has(icon) && !files.has(icon.replace('.svg', '_inactive.png'))) {
    findings.push(warning('icon-missing', icon, `"${name}" is shown as an icon; add ${icon}.`))
  }
  return findings
}

function lintUrl(name: string, { url, autoLoad }: JsonObject, files: AppFiles): LintFinding[] {
  if (url === undefined || url === '') {
    if (autoLoad === false) return []
    return [error('location-url', FILE, `"${name}" needs a "url", such as "assets/index.html".`)]
  }
  if (typeof url !== 'string') return [error('location-url', FILE, `"${name}.url" must be text in quotes.`)]
  if (url.includes('{{setting.')) return []
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    const isSafe = URL.canParse(url) && (url.startsWith('https:') || new URL(url).hostname === 'localhost')
    return isSafe ? [] : [error('location-url', FILE, `"${name}.url" must begin with https://, not "${url}".`)]
  }
  const file = url.replace(/[?#].*$/s, '')
  if (!file.startsWith('assets/')) {
    return [error('location-url', FILE, `"${name}.url" must begin with "assets/" or https://, not "${url}".`)]
  }
  return files.has(file)
    ? []
    : [error('location-url', FILE, `"${name}.url" names ${file}, which is not in the package; run \`npm run build\`.`)]
}
