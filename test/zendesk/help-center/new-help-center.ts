import type { Instant } from '../../../core/units.ts'
import { nextId } from '../state/ids.ts'
import type { State } from '../state/model.ts'
import type { HelpCenter, PermissionGroup, UserSegment } from './model.ts'

const ANYONE = { group_ids: [], organization_ids: [], tags: [], or_tags: [], added_user_ids: [] }

export function emptyHelpCenter(): HelpCenter {
  return {
    ...{ default_locale: 'en-us', locales: ['en-us', 'de'], categories: {}, sections: {}, articles: {} },
    ...{ user_segments: {}, permission_groups: {} },
  }
}

/** What every Help Center has: two segments and two permission groups, and nothing to read. */
export function addBuiltIns(state: State, at: Instant): void {
  const { help_center: center } = state
  const times = { created_at: at, updated_at: at }
  const segment = (name: string, user_type: UserSegment['user_type']): UserSegment => {
    return { id: nextId(state, 'user_segment'), name, user_type, ...ANYONE, built_in: true, ...times }
  }
  const staff = segment('Agents and managers', 'staff')
  for (const one of [segment('Signed-in users', 'signed_in_users'), staff]) center.user_segments[one.id] = one
  const group = (name: string, may: number[]): PermissionGroup => {
    return { id: nextId(state, 'permission_group'), name, edit: may, publish: may, built_in: true, ...times }
  }
  for (const one of [group('Admins', []), group('Agents and admins', [staff.id])])
    center.permission_groups[one.id] = one
}
