import { isDeepStrictEqual } from 'node:util'
import type { Blueprint, TriggerKey, WantedField, WantedTrigger, ZendeskCondition } from './blueprint.ts'
import type { FieldKey, Installation } from './installation.ts'
import type { FoundField, Inventory } from './inventory.ts'

/** One change `setup` would make. Shown before it is made, and what `doctor` reports as missing. */
export type Step =
  | { do: 'create-group'; name: string }
  | { do: 'create-field'; field: WantedField }
  | {
      do: 'add-options'
      key: FieldKey
      fieldId: number
      options: { id?: number | undefined; name: string; value: string }[]
      added: string[]
    }
  | { do: 'activate-field'; key: FieldKey; fieldId: number }
  | { do: 'add-to-form'; formId: number; formName: string; keys: FieldKey[] }
  | { do: 'create-webhook' }
  | { do: 'update-webhook'; webhookId: string; because: string }
  | { do: 'create-trigger'; trigger: WantedTrigger }
  | { do: 'update-trigger'; trigger: WantedTrigger; triggerId: number; because: string }
  | { do: 'create-view' }

/** What stands already, found by the installation's ids first and by title after. */
export type Found = {
  fields: Partial<Record<FieldKey, number>>
  webhookId: string | null
  triggers: Record<TriggerKey, number | null>
  viewId: number | null
}

/** Compares an account with the blueprint. An account that is set up answers no steps, however often it is asked. */
export function planSetup(
  wanted: Blueprint,
  inventory: Inventory,
  installation: Installation,
): { steps: Step[]; found: Found } {
  const steps: Step[] = []
  const found: Found = { fields: {}, webhookId: null, triggers: { updates: null, moves: null }, viewId: null }

  for (const name of wanted.groups) {
    if (!inventory.groups.some((group) => group.name === name)) steps.push({ do: 'create-group', name })
  }

  for (const field of wanted.fields) {
    const existing = findField(field, inventory, installation)
    if (!existing) {
      steps.push({ do: 'create-field', field })
      continue
    }
    found.fields[field.key] = existing.id
    if (!existing.active) steps.push({ do: 'activate-field', key: field.key, fieldId: existing.id })
    const missing = field.options.filter(
      (option) => !existing.custom_field_options.some((one) => one.value === option.value),
    )
    if (missing.length > 0) {
      const options = [...existing.custom_field_options, ...missing]
      steps.push({
        do: 'add-options',
        key: field.key,
        fieldId: existing.id,
        options,
        added: missing.map(({ name }) => name),
      })
    }
  }

  for (const form of inventory.forms.filter((one) => one.active)) {
    const keys = wanted.fields
      .map(({ key }) => key)
      .filter((key) => found.fields[key] === undefined || !form.ticket_field_ids.includes(found.fields[key]))
    if (keys.length > 0) steps.push({ do: 'add-to-form', formId: form.id, formName: form.name, keys })
  }

  const webhook =
    inventory.webhooks.find(({ id }) => id === installation.webhookId) ??
    inventory.webhooks.find(({ endpoint }) => endpoint === wanted.webhook.endpoint)
  if (!webhook) steps.push({ do: 'create-webhook' })
  else {
    found.webhookId = webhook.id
    if (webhook.endpoint !== wanted.webhook.endpoint) {
      steps.push({ do: 'update-webhook', webhookId: webhook.id, because: `it points at ${webhook.endpoint}` })
    } else if (webhook.status !== 'active') {
      steps.push({ do: 'update-webhook', webhookId: webhook.id, because: 'it is inactive' })
    }
  }

  for (const trigger of wanted.triggers) {
    const existing = findTrigger(trigger, inventory, installation)
    if (!existing) {
      steps.push({ do: 'create-trigger', trigger })
      continue
    }
    found.triggers[trigger.key] = existing.id
    const because = triggerDrift(trigger, existing, inventory, found.webhookId)
    if (because) steps.push({ do: 'update-trigger', trigger, triggerId: existing.id, because })
  }

  const view =
    inventory.views.find(({ id }) => id === installation.viewId) ??
    inventory.views.find(({ title }) => title === wanted.view.title)
  if (view) found.viewId = view.id
  else steps.push({ do: 'create-view' })

  return { steps, found }
}

function findField(wanted: WantedField, { fields }: Inventory, installation: Installation): FoundField | undefined {
  return (
    fields.find(({ id }) => id === installation.fields[wanted.key]) ??
    fields.find(({ title, type }) => title === wanted.title && type === wanted.type)
  )
}

/** Its place in the record of what `setup` made. */
export const TRIGGER_ID = { updates: 'triggerId', moves: 'moveTriggerId' } as const satisfies Record<TriggerKey, string>

function findTrigger({ key, title }: WantedTrigger, { triggers }: Inventory, installation: Installation) {
  return triggers.find(({ id }) => id === installation[TRIGGER_ID[key]]) ?? triggers.find((one) => one.title === title)
}

function triggerDrift(
  wanted: WantedTrigger,
  { active, conditions, actions }: Inventory['triggers'][number],
  { groups }: Pick<Inventory, 'groups'>,
  webhookId: string | null,
): string | null {
  if (!active) return 'it is inactive'
  const unwatched = wanted.groups.filter((name) => !isWatched(name, conditions.any, groups))
  if (unwatched.length > 0) return `it does not watch ${unwatched.map((name) => `"${name}"`).join(', ')}`
  const { all, any } = conditionsOf(wanted, groups)
  if (!haveSameConditions(conditions.all, all) || !haveSameConditions(conditions.any, any)) {
    return 'its conditions are not those of the policy'
  }
  const action = actions.find(({ field }) => field === 'notification_webhook')
  if (!isDeepStrictEqual(action?.value, [webhookId, wanted.payload])) return 'it does not call the webhook as it should'
  return null
}

/** A trigger's conditions, the names of its groups looked up; a name may be that of several. */
export function conditionsOf(
  { all, groups: names }: WantedTrigger,
  groups: Inventory['groups'],
): { all: ZendeskCondition[]; any: ZendeskCondition[] } {
  return { all, any: groups.filter(({ name }) => names.includes(name)).map(changedTo) }
}

function isWatched(name: string, any: FoundCondition[], groups: Inventory['groups']): boolean {
  const named = groups.filter((group) => group.name === name)
  return named.length > 0 && named.every((group) => any.some((one) => isSameCondition(one, changedTo(group))))
}

function changedTo({ id }: { id: number }): ZendeskCondition {
  return { field: 'group_id', operator: 'value', value: String(id) }
}

/** Zendesk keeps conditions in an order of its own, and answers some ids as numbers. */
function haveSameConditions(found: FoundCondition[], wanted: ZendeskCondition[]): boolean {
  return found.length === wanted.length && wanted.every((one) => found.some((other) => isSameCondition(other, one)))
}

type FoundCondition = Inventory['triggers'][number]['conditions']['all'][number]

export function isSameCondition(found: FoundCondition, wanted: ZendeskCondition): boolean {
  return found.field === wanted.field && found.operator === wanted.operator && String(found.value) === wanted.value
}
