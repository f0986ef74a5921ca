import type { Policy } from '../../../core/policy/policy.ts'
import { blueprint } from '../../../server/admin/blueprint.ts'
import { type FieldKey, Installation } from '../../../server/admin/installation.ts'
import { saveField } from '../fields/save-field.ts'
import { INTEGRATION } from '../seed/people.ts'
import type { World } from '../world.ts'

/** Makes the ticket fields that `setup` makes, so that it finds them later; nothing is triggered meanwhile. */
export function makeFields(world: World, policy: Policy): Installation {
  const { state } = world
  const { id: integrationUserId } = Object.values(state.users).find(({ email }) => email === INTEGRATION.email)!
  const { fields } = blueprint(policy, { subdomain: state.account.subdomain, publicUrl: '' }, integrationUserId)
  const ids: Partial<Record<FieldKey, number>> = {}
  for (const { key, options, ...field } of fields) {
    ids[key] = saveField(world, 'ticket_field', null, { ...field, custom_field_options: options }).id
  }
  for (const form of Object.values(state.ticket_forms)) form.ticket_field_ids.push(...Object.values(ids))
  return Installation.parse({ integrationUserId, fields: ids })
}
