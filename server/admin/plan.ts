import { isDeepStrictEqual } from 'node:util'
import type { Blueprint, WantedField, ZendeskCondition } from './blueprint.ts'
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
  | { do: 'create-trigger' }
  | { do: 'update-trigger'; triggerId: number; because: string }
  | { do: 'create-view' }

/** What stands already, found by the installation's ids first and by title after. */
export type Found = {
  fields: Partial<Record<FieldKey, number>>
  webhookId: string | null
  triggerId: number | null
  viewId: number | null
}

/** Compares an account with the blueprint. An account that is set up answers no steps, however often it is asked. */
export function planSetup(
  wanted: Blueprint,
  inventory: Inventory,
  installation: Installation,
): { steps: Step[]; found: Found } {
  const steps: Step[] = []
  const found: Found = { fields: {}, webhookId: null, triggerId: null, viewId: null }

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

  const trigger =
    inventory.triggers.find(({ id }) => id === installation.triggerId) ??
    inventory.triggers.find(({ title }) => title === wanted.trigger.title)
  if (!trigger) steps.push({ do: 'create-trigger' })
  else {
    found.triggerId = trigger.id
    const because = triggerDrift(wanted, trigger, found.webhookId)
    if (because) steps.push({ do: 'update-trigger', triggerId: trigger.id, because })
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

function triggerDrift(
  wanted: Blueprint,
  trigger: Inventory['triggers'][number],
  webhookId: string | null,
): string | null {
  if (!trigger.active) return 'it is inactive'
  const { all, any } = wanted.trigger.conditions
  const { conditions } = trigger
  if (!haveSameConditions(conditions.all, all) || !haveSameConditions(conditions.any, any)) {
    return 'its conditions were changed'
  }
  const action = trigger.actions.find(({ field }) => field === 'notification_webhook')
  if (!isDeepStrictEqual(action?.value, [webhookId, wanted.trigger.payload]))
    return 'it does not call the webhook as it should'
  return null
}

/** Zendesk keeps conditions in an order of its own, and answers some ids as numbers. */
function haveSameConditions(found: FoundCondition[], wanted: ZendeskCondition[]): boolean {
  return found.length === wanted.length && wanted.every((one) => found.some((other) => isSameCondition(other, one)))
}

type FoundCondition = Inventory['triggers'][number]['conditions']['all'][number]

export function isSameCondition(found: FoundCondition, wanted: ZendeskCondition): boolean {
  return found.field === wanted.field && found.operator === wanted.operator && String(found.value) === wanted.value
}
