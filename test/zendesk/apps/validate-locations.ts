import type { PackageFiles } from './package.ts'
import { isObject } from './read-json.ts'

/** Locations of each product. Source: zendesk_apps_support, location.rb. */
const LOCATIONS: Record<string, string[]> = {
  support: [
    'top_bar',
    'nav_bar',
    'ticket_sidebar',
    'new_ticket_sidebar',
    'user_sidebar',
    'organization_sidebar',
    'background',
    'modal',
    'ticket_editor',
    'system_top_bar',
  ],
  chat: ['chat_sidebar', 'main_panel', 'background'],
  standalone_chat: ['chat_sidebar', 'background'],
  sell: [
    'deal_card',
    'person_card',
    'company_card',
    'lead_card',
    'background',
    'modal',
    'dashboard',
    'note_editor',
    'call_log_editor',
    'email_editor',
    'top_bar',
  ],
}

const LEGACY_PRODUCTS: Record<string, string> = { zendesk: 'support', zopim: 'chat' }

/** What is wrong with where the app is to be shown. */
export function locationProblems(manifest: Record<string, unknown>, files: PackageFiles): string[] {
  const { location } = manifest
  if (location === undefined || location === null) return []
  if (manifest.requirementsOnly === true || manifest.marketingOnly === true) {
    return ['Having location defined while requirementsOnly or marketingOnly is true is not supported.']
  }
  if (!isObject(location)) return ['Location must be an object of products, such as {"support": {…}}.']
  return Object.entries(location).flatMap(([given, places]) => {
    const product = Object.hasOwn(LEGACY_PRODUCTS, given) ? LEGACY_PRODUCTS[given]! : given
    const known = Object.hasOwn(LOCATIONS, product) ? LOCATIONS[product] : undefined
    if (!known) return [`Manifest location has an unknown product: ${given}.`]
    if (!isObject(places)) return [`Locations of ${given} must be an object of location and URL.`]
    return Object.entries(places).flatMap(([name, value]) =>
      known.includes(name) ? placeProblems(name, value, files) : [`${name} is an invalid location in ${product}.`],
    )
  })
}

const BOOLEAN_OPTIONS = ['autoLoad', 'autoHide', 'flexible', 'signed']

function placeProblems(name: string, value: unknown, files: PackageFiles): string[] {
  if (typeof value === 'string') return urlProblems(name, value, true, files)
  if (!isObject(value)) return [`${name} must be a URL or an object with a url.`]
  const problems = BOOLEAN_OPTIONS.filter(
    (option) => value[option] !== undefined && typeof value[option] !== 'boolean',
  ).map((option) => `${name}: ${option} must be a boolean value, got ${JSON.stringify(value[option])}.`)
  const { size } = value
  if (size !== undefined && (!isObject(size) || Object.values(size).some((side) => typeof side !== 'string'))) {
    problems.push(`${name}: size must be an object of strings.`)
  }
  const needsUrl = value.autoLoad !== false
  return [...problems, ...urlProblems(name, typeof value.url === 'string' ? value.url : '', needsUrl, files)]
}

function urlProblems(name: string, url: string, needsUrl: boolean, files: PackageFiles): string[] {
  if (url === '') return needsUrl ? [`${name} location does not specify a URI.`] : []
  // The validator can't know the setting's value.
  if (url.includes('{{setting.')) return []
  const absolute = URL.parse(url)
  if (absolute) {
    const isFine =
      absolute.protocol === 'https:' || (absolute.protocol === 'http:' && absolute.hostname === 'localhost')
    return isFine ? [] : [`${url} is an invalid location URI: it must use https.`]
  }
  const path = url.split(/[?#]/)[0]!
  if (!path.startsWith('assets/')) return [`${url} is an invalid location URI: it must be https or start with assets/.`]
  return files[path] ? [] : [`${path} is referenced by the location ${name}, but is not in the package.`]
}
