import type { AppFiles } from '../app-files.ts'
import { error, type LintFinding, warning } from './finding.ts'
import { isJsonObject, type JsonObject, readJsonObject } from './json-file.ts'

export const LOCALE = /^[a-z]{2,3}(-\w{2,3})?$/

/** Longest `short_description` a review lets pass. */
const SHORT_DESCRIPTION = 80
const PUBLIC_KEYS = ['short_description', 'long_description', 'installation_instructions']

/** Source: translation rules of github.com/zendesk/zendesk_apps_support. */
export function lintTranslations(files: AppFiles, manifest: JsonObject | null): LintFinding[] {
  const findings: LintFinding[] = []
  for (const [file, content] of files) {
    const locale = /^translations\/(.*)\.json$/s.exec(file)?.[1]
    if (locale === undefined) continue
    if (!LOCALE.test(locale)) {
      findings.push(error('translation-locale', file, 'The name must be a locale such as en.json or pt-BR.json.'))
    }
    const { object, findings: unreadable } = readJsonObject(file, content)
    findings.push(...unreadable)
    if (object) findings.push(...lintTranslation(file, object, manifest))
  }
  return findings
}

function lintTranslation(file: string, { app }: JsonObject, manifest: JsonObject | null): LintFinding[] {
  if (!isJsonObject(app)) return [error('translation-key', file, 'The key "app" is missing; texts stand below it.')]
  const findings: LintFinding[] = []
  const required = ['name', ...(manifest?.private === false ? PUBLIC_KEYS : [])]
  for (const key of required) {
    const value = key === 'short_description' ? (app[key] ?? app.description) : app[key]
    if (value === undefined) findings.push(error('translation-key', file, `The key "app.${key}" is missing.`))
  }
  const short = app.short_description
  if (typeof short === 'string' && [...short].length > SHORT_DESCRIPTION) {
    const message = `"app.short_description" has ${[...short].length} characters; at most ${SHORT_DESCRIPTION} are allowed.`
    findings.push(error('short-description', file, message))
  }
  if (manifest) findings.push(...lintParameterTexts(file, app, manifest))
  if (app.package !== undefined) findings.push(...lintLeaves(file, app, 'app'))
  return findings
}

function lintParameterTexts(file: string, { parameters: texts }: JsonObject, manifest: JsonObject): LintFinding[] {
  if (texts !== undefined && !isJsonObject(texts)) {
    return [error('translation-parameter', file, '"app.parameters" must be an object by parameter name.')]
  }
  const names = Array.isArray(manifest.parameters)
    ? manifest.parameters.filter(isJsonObject).flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
    : []
  const findings: LintFinding[] = []
  for (const name of names) {
    const text = texts?.[name]
    if (text === undefined) {
      const message = `The setting "${name}" has no text; add "app.parameters.${name}": { "label": …, "helpText": … }.`
      findings.push(error('translation-parameter', file, message))
    } else if (!isJsonObject(text) || typeof text.label !== 'string') {
      findings.push(error('translation-parameter', file, `"app.parameters.${name}" must be an object with a "label".`))
    }
  }
  for (const name of Object.keys(texts ?? {}).filter((key) => !names.includes(key))) {
    findings.push(
      warning('translation-parameter', file, `"app.parameters.${name}" belongs to no setting of the manifest.`),
    )
  }
  return findings
}

/** With "app.package" present, every leaf must be { title, value }. */
function lintLeaves(file: string, object: JsonObject, path: string): LintFinding[] {
  return Object.entries(object).flatMap(([key, value]) => {
    if (path === 'app' && key === 'package') return []
    const name = `${path}.${key}`
    if (!isJsonObject(value)) {
      const message = `"${name}" must be { "title": …, "value": … } because "app.package" is there; or remove "app.package".`
      return [error('translation-format', file, message)]
    }
    const isLeaf = Object.keys(value).sort().join() === 'title,value' && typeof value.value === 'string'
    return isLeaf ? [] : lintLeaves(file, value, name)
  })
}
