import { initialCategory } from '../rules/categories.ts'
import { readConditions, triggerProblems } from '../rules/check-trigger.ts'
import type { App, Field, Requirement, State, Trigger } from '../state/model.ts'
import { mergeWebhook, type WebhookSettings, webhookProblems } from '../webhooks/check-webhook.ts'
import { newSigningSecret } from '../webhooks/sign.ts'
import type { World } from '../world.ts'
import { isObject } from './read-json.ts'

/** A requirement that could not be made; the installation fails with it. */
export class RequirementFailed extends Error {
  override readonly name = 'RequirementFailed'
}

type Entry = Record<string, unknown>
type Maker = {
  make(world: World, entry: Entry, identifier: string): number | string
  remove(state: State, id: number | string): void
}

/** What this Zendesk can make. The rest of Zendesk's types (macros, automations, targets, objects) it does not have. */
const MAKERS: Record<string, Maker> = {
  ticket_fields: fieldMaker('ticket_fields'),
  user_fields: fieldMaker('user_fields'),
  organization_fields: fieldMaker('organization_fields'),
  views: {
    make(world, entry) {
      const id = world.nextId('view')
      world.state.views[id] = { active: true, ...entry, id, title: String(entry.title) }
      return id
    },
    remove: (state, id) => void delete state.views[Number(id)],
  },
  triggers: { make: makeTrigger, remove: (state, id) => void delete state.triggers[Number(id)] },
  webhooks: { make: makeWebhook, remove: (state, id) => void delete state.webhooks[String(id)] },
}

/**
 * Makes everything in the app's `requirements.json`, or nothing.
 *
 * @throws {RequirementFailed} naming the entry and why
 */
export function createRequirements(world: World, app: App): Requirement[] {
  const file = app.files['requirements.json']
  const wanted: unknown = file ? JSON.parse(Buffer.from(file, 'base64').toString('utf8')) : {}
  const made: Requirement[] = []
  const now = world.clock.now()
  try {
    for (const [type, entries] of Object.entries(isObject(wanted) ? wanted : {})) {
      for (const [identifier, entry] of Object.entries(isObject(entries) ? entries : {})) {
        const maker = MAKERS[type]
        if (!maker) throw new RequirementFailed(`The local Zendesk has no ${type}: "${identifier}" can't be made.`)
        const requirement_id = maker.make(world, entry as Entry, identifier)
        made.push({ identifier, requirement_id, requirement_type: type, created_at: now, updated_at: now })
      }
    }
  } catch (error) {
    removeRequirements(world, made)
    throw error
  }
  return made
}

export function removeRequirements(world: World, requirements: Requirement[]): void {
  for (const { requirement_type, requirement_id } of requirements) {
    MAKERS[requirement_type]?.remove(world.state, requirement_id)
  }
}

/** A new ticket field is on no form: with several forms an admin has to put it there. */
function fieldMaker(kind: 'ticket_fields' | 'user_fields' | 'organization_fields'): Maker {
  return {
    make(world, entry) {
      const fields = world.state[kind]
      const now = world.clock.now()
      const field: Field = {
        id: world.nextId(kind.slice(0, -1)),
        key: kind === 'ticket_fields' ? null : String(entry.key),
        type: String(entry.type ?? 'text'),
        title: String(entry.title),
        description: String(entry.description ?? ''),
        active: entry.active !== false,
        position: Object.keys(fields).length + 1,
        required: entry.required === true,
        removable: true,
        custom_field_options: readOptions(world, entry.custom_field_options),
        created_at: now,
        updated_at: now,
      }
      fields[field.id] = field
      return field.id
    },
    remove: (state, id) => void delete state[kind][Number(id)],
  }
}

function readOptions(world: World, options: unknown): Field['custom_field_options'] {
  if (!Array.isArray(options)) return []
  return options.filter(isObject).map((option) => ({
    id: world.nextId('custom_field_option'),
    name: String(option.name),
    value: String(option.value),
  }))
}

function makeTrigger(world: World, entry: Entry, identifier: string): number {
  const now = world.clock.now()
  const trigger: Trigger = {
    id: world.nextId('trigger'),
    title: String(entry.title),
    description: typeof entry.description === 'string' ? entry.description : null,
    active: entry.active !== false,
    default: false,
    position: Object.keys(world.state.triggers).length + 1,
    category_id: initialCategory(world).id,
    conditions: readConditions(entry) ?? { all: [], any: [] },
    actions: Array.isArray(entry.actions) ? (entry.actions as Trigger['actions']) : [],
    revision: 1,
    created_at: now,
    updated_at: now,
  }
  const problems = Object.values(triggerProblems(world.state, trigger)).flat()
  if (problems.length > 0) throw new RequirementFailed(`Trigger "${identifier}": ${problems.join(' ')}`)
  world.state.triggers[trigger.id] = trigger
  return trigger.id
}

const BLANK_WEBHOOK: WebhookSettings = {
  name: '',
  description: '',
  endpoint: '',
  http_method: '',
  request_format: '',
  status: 'active',
  subscriptions: [],
  custom_headers: {},
  authentication: null,
}

function makeWebhook(world: World, entry: Entry, identifier: string): string {
  const settings = mergeWebhook(BLANK_WEBHOOK, entry)
  const problems = webhookProblems(settings)
  if (problems.length > 0) throw new RequirementFailed(`Webhook "${identifier}": ${problems.join(', ')}`)
  const now = world.clock.now()
  const secret = isObject(entry.signing_secret) ? String(entry.signing_secret.secret ?? '') : ''
  const id = world.nextUlid()
  world.state.webhooks[id] = {
    ...settings,
    id,
    secret: secret || newSigningSecret(world.nextToken(64)),
    created_at: now,
    updated_at: now,
    created_by: '-1',
  }
  return id
}
