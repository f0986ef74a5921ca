import type { Caller } from '../world.ts'
import { missingScopes, type Refusal } from './refusals.ts'

export type Access = 'read' | 'write'

/** Resources that have scopes of their own. Source: security-and-auth, "Scopes"; auditlogs and hc included. */
const NARROW_RESOURCES = new Set([
  'tickets',
  'users',
  'auditlogs',
  'organizations',
  'hc',
  'apps',
  'triggers',
  'automations',
  'targets',
  'webhooks',
  'macros',
  'requests',
  'satisfaction_ratings',
  'dynamic_content',
  'zis',
])

/**
 * Whether the caller's scopes reach a resource; null when they do.
 *
 * Resources without a scope of their own (audits, incremental exports, SLA policies, schedules, job statuses, groups,
 * fields, search …) need the global `read` or `write`: `tickets:read` does not cover a ticket's audits.
 * A session or an API token carries every right of its user.
 */
export function requireScope(caller: Caller, resource: string, access: Access): Refusal | null {
  if (caller.kind !== 'oauth') return null
  const narrow = NARROW_RESOURCES.has(resource) ? `${resource}:${access}` : null
  if (caller.scopes.includes(access) || (narrow && caller.scopes.includes(narrow))) return null
  return missingScopes([narrow ?? access])
}
