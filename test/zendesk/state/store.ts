import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Instant } from '../../../core/units.ts'
import { CLOSE_AFTER_FOUR_DAYS } from '../automations/automation.ts'
import { addBuiltIns, emptyHelpCenter } from '../help-center/new-help-center.ts'
import { nextId } from './ids.ts'
import type { CustomStatus, State } from './model.ts'

export type NewState = { seed?: number; at?: Instant; plan?: State['account']['plan']; subdomain?: string }

/** Requests a minute. Source: https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
const RATE_LIMITS: Record<State['account']['plan'], number> = {
  team: 200,
  growth: 400,
  professional: 400,
  enterprise: 700,
}

/** Ticket fields that every account has. */
const SYSTEM_FIELDS: [type: string, title: string, required: boolean][] = [
  ['subject', 'Subject', false],
  ['description', 'Description', false],
  ['status', 'Status', false],
  ['tickettype', 'Type', false],
  ['priority', 'Priority', false],
  ['group', 'Group', false],
  ['assignee', 'Assignee', true],
  ['custom_status', 'Ticket status', false],
]

const STATUSES: [CustomStatus['status_category'], label: string, endUserLabel: string][] = [
  ['new', 'New', 'Open'],
  ['open', 'Open', 'Open'],
  ['pending', 'Pending', 'Awaiting your reply'],
  ['hold', 'On-hold', 'Open'],
  ['solved', 'Solved', 'Solved'],
]

/** An account nobody has used yet: system fields, the default form and brand, no people. */
export function createState({ seed = 1, at = 0, plan = 'enterprise', subdomain = 'local' }: NewState = {}): State {
  const state: State = {
    account: { id: 0, subdomain, plan, rate_limit: RATE_LIMITS[plan] },
    counters: { seed },
    users: {},
    groups: {},
    memberships: {},
    organizations: {},
    ticket_fields: {},
    user_fields: {},
    organization_fields: {},
    ticket_forms: {},
    custom_statuses: {},
    brands: {},
    tickets: {},
    comments: {},
    audits: {},
    attachments: {},
    uploads: {},
    triggers: {},
    automations: {},
    views: {},
    schedules: {},
    sla_policies: {},
    group_sla_policies: {},
    help_center: emptyHelpCenter(),
    webhooks: {},
    invocations: {},
    oauth_clients: {},
    oauth_tokens: {},
    oauth_codes: {},
    apps: {},
    installations: {},
    jobs: {},
    idempotent_answers: {},
  }
  const times = { created_at: at, updated_at: at }
  addBuiltIns(state, at)
  state.account.id = 10_000_000 + (nextId(state, 'account') % 20_000_000)

  SYSTEM_FIELDS.forEach(([type, title, required], position) => {
    const id = nextId(state, 'ticket_field')
    state.ticket_fields[id] = {
      ...{ id, key: null, type, title, description: title, active: true, position, required },
      ...{ removable: false, custom_field_options: [], ...times },
    }
  })
  for (const [status_category, agent_label, end_user_label] of STATUSES) {
    const id = nextId(state, 'custom_status')
    state.custom_statuses[id] = {
      ...{ id, status_category, agent_label, end_user_label, description: '', end_user_description: '' },
      ...{ active: true, default: true, ...times },
    }
  }
  const formId = nextId(state, 'ticket_form')
  state.ticket_forms[formId] = {
    ...{ id: formId, name: 'Default Ticket Form', display_name: 'Default Ticket Form', active: true, default: true },
    ...{
      position: 1,
      end_user_visible: true,
      ticket_field_ids: Object.keys(state.ticket_fields).map(Number),
      ...times,
    },
  }
  const automationId = nextId(state, 'automation')
  state.automations[automationId] = {
    ...{ ...structuredClone(CLOSE_AFTER_FOUR_DAYS), id: automationId, active: true, default: true, position: 1 },
    ...{ revision: 1, ...times },
  }
  const brandId = nextId(state, 'brand')
  state.brands[brandId] = { id: brandId, name: 'Local', subdomain, active: true, default: true, ...times }
  return state
}

/** Writes the whole account to a file; a crash half way leaves the old file. */
export async function saveState(state: State, file: string): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(state))
  await rename(`${file}.new`, file)
}

/** @throws when the file is missing or is not JSON */
export async function loadState(file: string): Promise<State> {
  return readState(JSON.parse(await readFile(file, 'utf8')))
}

/** Accepts what `saveState` wrote, also an older one that lacks parts. */
export function readState(saved: Partial<State>): State {
  if (typeof saved.account !== 'object' || typeof saved.counters !== 'object') {
    throw new TypeError('Not a saved account: it has no "account" and "counters"')
  }
  const blank = createState({ subdomain: saved.account.subdomain, plan: saved.account.plan })
  return { ...blank, ...saved, counters: { ...blank.counters, ...saved.counters } }
}
