import type { PackageFiles } from './package.ts'
import { readText } from './package.ts'
import { isObject, readJson } from './read-json.ts'

const TITLE = ['title']
const TITLE_AND_KEY = ['title', 'key']

/** Types that an app may bring along, with the fields each entry needs. Source: zendesk_apps_support, app_requirement.rb. */
const REQUIRED: Record<string, string[]> = {
  automations: TITLE,
  macros: TITLE,
  targets: TITLE,
  views: TITLE,
  ticket_fields: TITLE,
  triggers: TITLE,
  user_fields: TITLE_AND_KEY,
  organization_fields: TITLE_AND_KEY,
  webhooks: ['name', 'status', 'endpoint', 'http_method', 'request_format'],
  channel_integrations: ['manifest_url'],
  custom_objects: [],
  custom_objects_v2: [],
}

const MAX_REQUIREMENTS = 5000

/** What is wrong with `requirements.json`. */
export function requirementProblems(manifest: Record<string, unknown>, files: PackageFiles): string[] {
  const text = readText(files, 'requirements.json')
  if (text === null) {
    return manifest.requirementsOnly === true ? ['App is requirements only, but requirements.json is missing.'] : []
  }
  if (manifest.marketingOnly === true) return ['requirements.json is not supported for marketingOnly apps.']
  const reading = readJson(text)
  if ('problem' in reading) {
    return [
      reading.problem === 'not-json'
        ? 'requirements.json is not valid JSON.'
        : `Duplicate reference in requirements.json: "${reading.key}"`,
    ]
  }
  if (!isObject(reading.value)) return ['requirements.json is not valid JSON.']
  const requirements = reading.value

  const unknown = Object.keys(requirements).filter((type) => !Object.hasOwn(REQUIRED, type))
  const problems = unknown.length > 0 ? [`requirements.json contains invalid types: ${unknown.join(', ')}`] : []
  let count = 0
  for (const [type, entries] of Object.entries(requirements)) {
    if (unknown.includes(type) || type === 'custom_objects_v2') continue
    if (!isObject(entries)) {
      problems.push(`${type} in requirements.json must be an object of identifier and record.`)
      continue
    }
    count += Object.keys(entries).length
    for (const [identifier, entry] of Object.entries(entries)) problems.push(...entryProblems(type, identifier, entry))
  }
  if (count > MAX_REQUIREMENTS)
    problems.push(`Too many requirements: ${count}, at most ${MAX_REQUIREMENTS} are allowed.`)
  const channels = requirements.channel_integrations
  if (isObject(channels) && Object.keys(channels).length > 1) {
    problems.push('Specifying multiple channel integrations requirements is not supported.')
  }
  return problems
}

function entryProblems(type: string, identifier: string, entry: unknown): string[] {
  if (!isObject(entry)) return [`${identifier} in ${type} must be an object.`]
  const missing = (REQUIRED[type] ?? []).filter((field) => entry[field] === undefined || entry[field] === '')
  const problems = missing.map((field) => `Missing required field "${field}" in requirement "${identifier}" of ${type}`)
  if (type === 'targets' && (entry.type === 'http_target' || entry.type === 'url_target_v2')) {
    problems.push(`Target "${identifier}" is of type ${entry.type}, which is not supported: use webhooks.`)
  }
  return problems
}
