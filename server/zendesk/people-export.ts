import { z } from 'zod'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { Call } from './call.ts'
import type { ExportCall } from './export-call.ts'
import { listAll } from './list-all.ts'
import { Id, OptionalId, OptionalTime, readRows, Time } from './loose.ts'
import { type ExportFrom, type ExportPage, LARGEST_PAGE } from './ticket-export.ts'
import { readTimePage, TIME_PAGE, type TimePage } from './time-page.ts'

export type ExportedUser = {
  id: number
  name: string
  /** `end-user`, `agent`, `admin`. */
  role: string
  isActive: boolean
  organizationId: number | null
  defaultGroupId: number | null
  createdAt: Instant
  updatedAt: Instant
}

export type ExportedOrganization = {
  id: number
  name: string
  /** By key, of fields that have a value. */
  fields: Record<string, unknown>
  isDeleted: boolean
  updatedAt: Instant
}

export type ListedGroup = { id: number; name: string; isDeleted: boolean }

export type UserPage = ExportPage & { users: ExportedUser[]; cursor: string | null }
export type OrganizationPage = TimePage & { organizations: ExportedOrganization[] }

const UserShape = z.object({
  id: Id,
  name: z.string().nullish(),
  role: z.string(),
  active: z.boolean().nullish(),
  organization_id: OptionalId,
  default_group_id: OptionalId,
  created_at: OptionalTime,
  updated_at: Time,
})
const OrganizationShape = z.object({
  id: Id,
  name: z.string(),
  organization_fields: z.record(z.string(), z.unknown()).nullish(),
  deleted_at: z.string().nullish(),
  updated_at: Time,
})
const GroupShape = z.object({ id: Id, name: z.string(), deleted: z.boolean().nullish() })

const Users = z.object({
  users: z.array(z.unknown()),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
})
const Organizations = z.object({ organizations: z.array(z.unknown()), ...TIME_PAGE })

/** What exports and lists tell of users, organisations and groups. */
export function createPeopleExport(ask: ExportCall, call: Call) {
  return { exportUsers, exportOrganizations, listAgents, listAllGroups }

  /**
   * A page of the users that changed, customers and those who were deleted among them.
   *
   * @throws {ZendeskError} as `exportTickets` does
   * Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-user-export-cursor-based
   */
  async function exportUsers(from: ExportFrom, pageSize = LARGEST_PAGE): Promise<UserPage> {
    const query = new URLSearchParams({ per_page: String(pageSize) })
    if ('cursor' in from) query.set('cursor', from.cursor)
    else query.set('start_time', String(Math.floor(from.startTime / SECOND_MS)))
    const { answer, limit } = await ask(`/api/v2/incremental/users/cursor.json?${query}`, Users)
    const users = readRows(answer.users, UserShape).map(readUser)
    return { users, cursor: answer.after_cursor ?? null, isAtEnd: answer.end_of_stream, limit }
  }

  /** A page of the organisations that changed, by time. */
  async function exportOrganizations(startTime: Instant): Promise<OrganizationPage> {
    const query = new URLSearchParams({ start_time: String(Math.floor(startTime / SECOND_MS)) })
    const { answer, limit } = await ask(`/api/v2/incremental/organizations.json?${query}`, Organizations)
    const rows = readRows(answer.organizations, OrganizationShape)
    return {
      ...readTimePage(answer, answer.organizations.length, limit),
      organizations: rows.map(({ id, name, organization_fields, deleted_at, updated_at }) => ({
        ...{ id, name, isDeleted: deleted_at != null, updatedAt: updated_at },
        fields: Object.fromEntries(Object.entries(organization_fields ?? {}).filter(([, value]) => value != null)),
      })),
    }
  }

  /** Those who are agents or admins now. */
  async function listAgents(): Promise<ExportedUser[]> {
    const rows = await listAll(call, '/api/v2/users.json?role[]=admin&role[]=agent&', 'users')
    return readRows(rows, UserShape).map(readUser)
  }

  /** All groups, deleted ones too as far as Zendesk lists them. */
  async function listAllGroups(): Promise<ListedGroup[]> {
    const rows = await listAll(call, '/api/v2/groups.json?', 'groups')
    return readRows(rows, GroupShape).map(({ id, name, deleted }) => ({ id, name, isDeleted: deleted === true }))
  }
}

function readUser(row: z.output<typeof UserShape>): ExportedUser {
  const { id, name, role, active, organization_id, default_group_id, created_at, updated_at } = row
  return {
    ...{ id, name: name ?? '', role, isActive: active !== false, organizationId: organization_id },
    ...{ defaultGroupId: default_group_id, createdAt: created_at ?? updated_at, updatedAt: updated_at },
  }
}
