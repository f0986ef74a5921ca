import type { z } from 'zod'
import type { OrganizationShape, UserShape } from './shapes.ts'

export type User = {
  id: number
  name: string
  email: string | null
  role: 'end-user' | 'agent' | 'admin'
  isLightAgent: boolean
  locale: string | null
  /** As IANA names it. */
  timeZone: string | null
  tags: string[]
  /** By key. */
  fields: Record<string, unknown>
}

export type Organization = { id: number; name: string; tags: string[]; fields: Record<string, unknown> }

export type Group = { id: number; name: string }

/** `role_type` of a light agent and of a contributor, who both only add private comments. Source: api.md 6.1 */
const LIGHT_ROLE_TYPES = [1, 3]

/** Answers null for the anonymous user Zendesk shows to somebody who is not signed in. */
export function readUser(shape: z.infer<typeof UserShape>): User | null {
  if (shape.id === null) return null
  return {
    id: shape.id,
    name: shape.name ?? '',
    email: shape.email ?? null,
    role: shape.role === 'admin' ? 'admin' : shape.role === 'agent' ? 'agent' : 'end-user',
    isLightAgent: shape.role !== 'admin' && LIGHT_ROLE_TYPES.includes(shape.role_type ?? -1),
    locale: shape.locale ?? null,
    timeZone: shape.iana_time_zone ?? null,
    tags: shape.tags ?? [],
    fields: shape.user_fields ?? {},
  }
}

export function readOrganization(shape: z.infer<typeof OrganizationShape>): Organization {
  return { id: shape.id, name: shape.name, tags: shape.tags ?? [], fields: shape.organization_fields ?? {} }
}
