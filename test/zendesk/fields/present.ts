import { iso } from '../http/times.ts'
import type { Brand, CustomStatus, Field, TicketForm } from '../state/model.ts'
import type { World } from '../world.ts'

export type FieldKind = 'ticket_field' | 'user_field' | 'organization_field'

const OPTION_TYPES = new Set(['tagger', 'multiselect', 'dropdown'])

/** Types whose choices the system gives. */
const SYSTEM_OPTIONS: Record<string, [name: string, value: string][]> = {
  tickettype: [
    ['Question', 'question'],
    ['Incident', 'incident'],
    ['Problem', 'problem'],
    ['Task', 'task'],
  ],
  priority: [
    ['Low', 'low'],
    ['Normal', 'normal'],
    ['High', 'high'],
    ['Urgent', 'urgent'],
  ],
  status: [
    ['Open', 'open'],
    ['Pending', 'pending'],
    ['On-hold', 'hold'],
    ['Solved', 'solved'],
  ],
}

export function presentField(world: World, kind: FieldKind, field: Field) {
  const { id, key, type, title, description, position, active, required, removable } = field
  const common = {
    ...{ url: `${world.url}/api/v2/${kind}s/${id}.json`, id, type, title, raw_title: title, description },
    ...{ raw_description: description, position, active },
    regexp_for_validation: field.regexp_for_validation ?? null,
    created_at: iso(field.created_at),
    updated_at: iso(field.updated_at),
  }
  const custom_field_options = field.custom_field_options.map(({ id, name, value }) => ({
    ...{ id, name, raw_name: name, value, default: false },
  }))
  const options = OPTION_TYPES.has(type) ? { custom_field_options } : {}
  if (kind !== 'ticket_field') {
    return { ...common, key, system: !removable, tag: field.tag ?? null, ...options }
  }
  const system = SYSTEM_OPTIONS[type]
  return {
    ...common,
    ...{ required, collapsed_for_agents: false, title_in_portal: title, raw_title_in_portal: title },
    ...{ visible_in_portal: false, editable_in_portal: false, required_in_portal: false },
    ...{ tag: field.tag ?? null, removable, key: null, agent_description: field.agent_description ?? null },
    ...(system ? { system_field_options: system.map(([name, value]) => ({ name, value })) } : {}),
    ...options,
  }
}

export function presentForm(world: World, form: TicketForm) {
  const { id, name, display_name, position, active, end_user_visible, ticket_field_ids } = form
  return {
    ...{ url: `${world.url}/api/v2/ticket_forms/${id}.json`, id, name, raw_name: name, display_name },
    ...{ raw_display_name: display_name, position, active, end_user_visible, default: form.default },
    ...{ in_all_brands: true, restricted_brand_ids: [], ticket_field_ids, end_user_conditions: [] },
    agent_conditions: form.agent_conditions ?? [],
    ...{ created_at: iso(form.created_at), updated_at: iso(form.updated_at) },
  }
}

export function presentBrand(world: World, brand: Brand) {
  const { id, name, subdomain, active } = brand
  return {
    ...{ url: `${world.url}/api/v2/brands/${id}.json`, id, name, brand_url: world.url, subdomain, active },
    ...{ has_help_center: false, help_center_state: 'disabled', default: brand.default, is_deleted: false, logo: null },
    ...{
      ticket_form_ids: Object.keys(world.state.ticket_forms).map(Number),
      signature_template: '',
      host_mapping: null,
    },
    ...{ created_at: iso(brand.created_at), updated_at: iso(brand.updated_at) },
  }
}

export function presentCustomStatus(world: World, status: CustomStatus) {
  const { id, status_category, agent_label, end_user_label, description, end_user_description, active } = status
  return {
    ...{ url: `${world.url}/api/v2/custom_statuses/${id}.json`, id, status_category, agent_label },
    ...{ raw_agent_label: agent_label, end_user_label, raw_end_user_label: end_user_label, description },
    ...{ raw_description: description, end_user_description, raw_end_user_description: end_user_description },
    ...{ active, default: status.default, created_at: iso(status.created_at), updated_at: iso(status.updated_at) },
  }
}
