import type { User } from '../state/model.ts'
import type { World } from '../world.ts'
import type { Article, PermissionGroup } from './model.ts'

/** Whether somebody may edit, or publish, what a permission group looks after. Admins always may. */
export function mayIn(world: World, user: User, group: PermissionGroup | undefined, what: 'edit' | 'publish'): boolean {
  if (user.role === 'admin') return true
  return (group?.[what] ?? []).some((segmentId) => isIn(world, user, segmentId))
}

/** Drafts are shown to whoever may edit them, articles to their segment. */
export function maySee(world: World, user: User, article: Article, locale: string): boolean {
  const { permission_groups } = world.state.help_center
  if (mayIn(world, user, permission_groups[article.permission_group_id], 'edit')) return true
  if (article.translations[locale]?.draft ?? true) return false
  return article.user_segment_id === null || isIn(world, user, article.user_segment_id)
}

function isIn(world: World, user: User, segmentId: number): boolean {
  const segment = world.state.help_center.user_segments[segmentId]
  if (!segment) return false
  if (segment.added_user_ids.includes(user.id)) return true
  if (segment.user_type === 'staff' && user.role === 'end-user') return false
  const groups = Object.values(world.state.memberships).filter(({ user_id }) => user_id === user.id)
  return (
    (segment.group_ids.length === 0 || groups.some(({ group_id }) => segment.group_ids.includes(group_id))) &&
    (segment.organization_ids.length === 0 || segment.organization_ids.includes(user.organization_id ?? 0)) &&
    segment.tags.every((tag) => user.tags.includes(tag)) &&
    (segment.or_tags.length === 0 || segment.or_tags.some((tag) => user.tags.includes(tag)))
  )
}
