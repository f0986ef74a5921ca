import { z } from 'zod'
import type { Policy } from '../../core/policy/policy.ts'
import { type Blueprint, blueprint, type Place, type WantedTrigger } from './blueprint.ts'
import { describeStep } from './describe-step.ts'
import type { FieldKey, Installation } from './installation.ts'
import { type AdminApi, type Inventory, readInventory } from './inventory.ts'
import { conditionsOf, planSetup, type Step, TRIGGER_ID } from './plan.ts'

export type SetupDeps = {
  api: AdminApi
  /** Keeps what was made so far; called after every step, so that a setup cut short goes on where it stopped. */
  remember(installation: Installation): Promise<void>
  /** Keeps the webhook's signing secret, encrypted. */
  keepWebhookSecret(secret: string): Promise<void>
  /** Told of every step as it is done. */
  onStep?(sentence: string): void
}

const Created = z.object({ id: z.int() })

/**
 * Makes a Zendesk account as the policy needs it. Safe to run as often as one likes: what is there is left alone, what
 * drifted is corrected, and nothing that is not Baton's is touched.
 */
export async function setUp(
  policy: Policy,
  place: Place,
  installation: Installation,
  deps: SetupDeps,
): Promise<Installation> {
  const inventory = await readInventory(deps.api)
  const wanted = blueprint(policy, place, inventory.me.id)
  const { steps, found } = planSetup(wanted, inventory, installation)
  let made: Installation = {
    ...installation,
    integrationUserId: inventory.me.id,
    fields: found.fields,
    webhookId: found.webhookId,
    triggerId: found.triggers.updates,
    moveTriggerId: found.triggers.moves,
    viewId: found.viewId,
  }
  await deps.remember(made)

  for (const step of steps) {
    made = await carryOut(step, wanted, made, inventory, deps)
    await deps.remember(made)
    deps.onStep?.(describeStep(step))
  }

  if (made.webhookId) {
    const { signing_secret } = await deps.api.get(
      `/api/v2/webhooks/${made.webhookId}/signing_secret`,
      z.object({ signing_secret: z.object({ secret: z.string().min(1) }) }),
    )
    await deps.keepWebhookSecret(signing_secret.secret)
  }
  return made
}

async function carryOut(
  step: Step,
  wanted: Blueprint,
  made: Installation,
  { forms, groups }: Inventory,
  { api }: SetupDeps,
): Promise<Installation> {
  switch (step.do) {
    case 'create-group': {
      const { group } = await api.post('/api/v2/groups', { group: { name: step.name } }, z.object({ group: Created }))
      groups.push({ id: group.id, name: step.name })
      return { ...made, groupIds: [...made.groupIds, group.id] }
    }
    case 'create-field': {
      const { key, options, ...rest } = step.field
      const ticket_field = { ...rest, ...(options.length > 0 ? { custom_field_options: options } : {}) }
      const answer = await api.post('/api/v2/ticket_fields', { ticket_field }, z.object({ ticket_field: Created }))
      return { ...made, fields: { ...made.fields, [key]: answer.ticket_field.id } }
    }
    case 'activate-field':
      await api.put(`/api/v2/ticket_fields/${step.fieldId}`, { ticket_field: { active: true } }, z.unknown())
      return made
    case 'add-options': {
      const ticket_field = { custom_field_options: step.options }
      await api.put(`/api/v2/ticket_fields/${step.fieldId}`, { ticket_field }, z.unknown())
      return made
    }
    case 'add-to-form': {
      const present = forms.find(({ id }) => id === step.formId)?.ticket_field_ids ?? []
      const added = step.keys.map((key: FieldKey) => made.fields[key]).filter((id) => id !== undefined)
      const ticket_form = { ticket_field_ids: [...present, ...added] }
      await api.put(`/api/v2/ticket_forms/${step.formId}`, { ticket_form }, z.unknown())
      return made
    }
    case 'create-webhook': {
      const webhook = {
        ...wanted.webhook,
        status: 'active',
        http_method: 'POST',
        request_format: 'json',
        subscriptions: ['conditional_ticket_events'],
      }
      const answer = await api.post(
        '/api/v2/webhooks',
        { webhook },
        z.object({ webhook: z.object({ id: z.string() }) }),
      )
      return { ...made, webhookId: answer.webhook.id }
    }
    case 'update-webhook': {
      const { endpoint } = wanted.webhook
      await api.patch(`/api/v2/webhooks/${step.webhookId}`, { webhook: { endpoint, status: 'active' } })
      return made
    }
    case 'create-trigger': {
      const answer = await api.post(
        '/api/v2/triggers',
        { trigger: triggerBody(step.trigger, groups, made) },
        z.object({ trigger: Created }),
      )
      return { ...made, [TRIGGER_ID[step.trigger.key]]: answer.trigger.id }
    }
    case 'update-trigger':
      await api.put(
        `/api/v2/triggers/${step.triggerId}`,
        { trigger: triggerBody(step.trigger, groups, made) },
        z.unknown(),
      )
      return made
    case 'create-view': {
      const { title, description, conditions } = wanted.view
      const view = { title, description, all: conditions.all, any: [] }
      const answer = await api.post('/api/v2/views', { view }, z.object({ view: Created }))
      return { ...made, viewId: answer.view.id }
    }
  }
}

function triggerBody(wanted: WantedTrigger, groups: Inventory['groups'], { webhookId }: Installation) {
  const { title, description, payload } = wanted
  return {
    title,
    description,
    active: true,
    conditions: conditionsOf(wanted, groups),
    actions: [{ field: 'notification_webhook', value: [webhookId, payload] }],
  }
}
