import { error, type LintFinding } from './finding.ts'
import { isJsonObject, type JsonObject } from './json-file.ts'

const FILE = 'requirements.json'
const TYPES = [
  ...[
    'automations',
    'channel_integrations',
    'custom_objects',
    'macros',
    'targets',
    'views',
    'ticket_fields',
    'triggers',
  ],
  ...['user_fields', 'organization_fields', 'webhooks', 'custom_objects_v2'],
]
const MOST = 5_000
const MOST_CUSTOM_OBJECTS = 50
const REQUIRED: Record<string, string[]> = {
  user_fields: ['title', 'key'],
  organization_fields: ['title', 'key'],
  webhooks: ['name', 'status', 'endpoint', 'http_method', 'request_format'],
  channel_integrations: ['manifest_url'],
  custom_objects: [],
}
const RETIRED_TARGETS = ['http_target', 'url_target_v2']

/** Source: requirement rules of github.com/zendesk/zendesk_apps_support. */
export function lintRequirements(requirements: JsonObject, manifest: JsonObject | null): LintFinding[] {
  const findings: LintFinding[] = []
  const add = (rule: string, message: string) => findings.push(error(rule, FILE, message))
  if (manifest?.marketingOnly === true)
    add('requirements', 'A marketing-only app can have no requirements; remove this file.')

  let count = 0
  for (const [type, entries] of Object.entries(requirements)) {
    if (!TYPES.includes(type)) {
      add(
        'requirement-type',
        `"${type}" can't be created by an app; possible are ${TYPES.join(', ')}. Let \`baton setup\` create it.`,
      )
      continue
    }
    if (!isJsonObject(entries)) {
      add('requirement-type', `"${type}" must be an object by identifier.`)
      continue
    }
    const identifiers = Object.keys(entries)
    count += identifiers.length
    if (type === 'channel_integrations' && identifiers.length > 1)
      add('requirement-count', 'Only one channel integration is allowed.')
    if (type === 'custom_objects' && identifiers.length > MOST_CUSTOM_OBJECTS) {
      add(
        'requirement-count',
        `At most ${MOST_CUSTOM_OBJECTS} custom objects are allowed; there are ${identifiers.length}.`,
      )
    }
    if (type === 'custom_objects_v2') findings.push(...lintCustomObjects(entries))
    else findings.push(...Object.entries(entries).flatMap(([id, fields]) => lintEntry(type, id, fields)))
  }
  if (count > MOST) add('requirement-count', `There are ${count} requirements; at most ${MOST} are allowed.`)
  return findings
}

function lintEntry(type: string, identifier: string, fields: unknown): LintFinding[] {
  if (type === 'custom_objects') return []
  const name = `${type}.${identifier}`
  if (!isJsonObject(fields)) return [error('requirement-field', FILE, `"${name}" must be an object.`)]
  const findings = (REQUIRED[type] ?? ['title'])
    .filter((key) => fields[key] === undefined)
    .map((key) => error('requirement-field', FILE, `"${name}" lacks "${key}".`))
  if (type === 'targets' && RETIRED_TARGETS.includes(fields.type as string)) {
    findings.push(error('requirement-target', FILE, `"${name}": "${fields.type}" is refused; use a webhook instead.`))
  }
  return findings
}

const CUSTOM_OBJECT_KEYS: Record<string, string[]> = {
  objects: ['key', 'title', 'title_pluralized', 'include_in_list_view'],
  object_fields: ['key', 'title', 'type', 'object_key'],
  object_triggers: ['key', 'object_key', 'title', 'actions', 'conditions'],
}

function lintCustomObjects(schema: JsonObject): LintFinding[] {
  const findings: LintFinding[] = []
  const add = (message: string) => findings.push(error('requirement-custom-object', FILE, message))
  const objects = Array.isArray(schema.objects) ? schema.objects.filter(isJsonObject) : []
  for (const [part, entries] of Object.entries(schema)) {
    const keys = CUSTOM_OBJECT_KEYS[part]
    if (!keys || !Array.isArray(entries)) {
      add(`"custom_objects_v2" holds lists called ${Object.keys(CUSTOM_OBJECT_KEYS).join(', ')}; "${part}" is none.`)
      continue
    }
    for (const [index, entry] of entries.entries()) {
      const name = `custom_objects_v2.${part}[${index}]`
      if (!isJsonObject(entry)) {
        add(`"${name}" must be an object.`)
        continue
      }
      for (const key of keys.filter((candidate) => entry[candidate] === undefined)) add(`"${name}" lacks "${key}".`)
      if (part !== 'objects' && !objects.some(({ key }) => key === entry.object_key)) {
        add(`"${name}" belongs to "${entry.object_key}", which is not among the objects of this file.`)
      }
    }
  }
  if (objects.length > MOST_CUSTOM_OBJECTS)
    add(`At most ${MOST_CUSTOM_OBJECTS} objects are allowed; there are ${objects.length}.`)
  if (JSON.stringify(schema).includes('{{setting.')) add('"custom_objects_v2" may not use {{setting.…}}.')
  return findings
}
