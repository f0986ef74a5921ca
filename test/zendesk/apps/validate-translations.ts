import { LOCALE } from './locale.ts'
import type { PackageFiles } from './package.ts'
import { readText } from './package.ts'
import { isObject, readJson } from './read-json.ts'

/** What a public app's translations must also hold. */
const PUBLIC_KEYS = ['long_description', 'installation_instructions']

/** What is wrong with the files in `translations/`. Source: zendesk_apps_support, validations/translations.rb. */
export function translationProblems(manifest: Record<string, unknown>, files: PackageFiles): string[] {
  return Object.keys(files).flatMap((path) => {
    const file = /^translations\/(.+)\.json$/.exec(path)?.[1]
    if (file === undefined) return []
    if (!LOCALE.test(file)) return [`${path} is an invalid locale.`]
    const reading = readJson(readText(files, path) ?? '')
    if ('problem' in reading) return [`${path} is not valid JSON.`]
    if (!isObject(reading.value)) return [`${path} is not a valid JSON object.`]
    const app = reading.value.app
    if (!isObject(app)) return file === manifest.defaultLocale ? [`Missing required key from ${path}: app.name`] : []
    return appProblems(path, app, manifest, file === manifest.defaultLocale)
  })
}

function appProblems(
  path: string,
  app: Record<string, unknown>,
  manifest: Record<string, unknown>,
  isDefault: boolean,
): string[] {
  const problems: string[] = []
  if (isDefault) {
    const missing = ['name', ...(manifest.private === false ? PUBLIC_KEYS : [])].filter((key) => isBlank(app[key]))
    if (manifest.private === false && isBlank(app.short_description) && isBlank(app.description)) {
      missing.push('short_description')
    }
    problems.push(...missing.map((key) => `Missing required key from ${path}: app.${key}`))
  }
  if (app.parameters !== undefined && !isObject(app.parameters))
    problems.push(`${path}: app.parameters must be an object.`)
  for (const [name, words] of Object.entries(isObject(app.parameters) ? app.parameters : {})) {
    if (!isObject(words)) problems.push(`${path}: app.parameters.${name} must be an object.`)
    else if (isBlank(words.label)) problems.push(`Missing required key from ${path}: app.parameters.${name}.label`)
  }
  if (app.package !== undefined) problems.push(...leafProblems(path, app, 'app'))
  return problems
}

/** With `app.package`, every leaf is an object of title and value. */
function leafProblems(path: string, node: Record<string, unknown>, at: string): string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (at === 'app' && key === 'package') return []
    if (!isObject(value)) return [`Missing required key from ${path}: ${at}.${key}.title and .value`]
    if (typeof value.title === 'string' && typeof value.value === 'string') return []
    return leafProblems(path, value, `${at}.${key}`)
  })
}

function isBlank(value: unknown): boolean {
  if (isObject(value)) return typeof value.value !== 'string' || value.value.trim() === ''
  return typeof value !== 'string' || value.trim() === ''
}
