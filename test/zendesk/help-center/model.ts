import type { Instant } from '../../../core/units.ts'

export type Place = {
  id: number
  name: string
  description: string
  locale: string
  position: number
  created_at: Instant
  updated_at: Instant
}

export type Category = Place
export type Section = Place & { category_id: number; parent_section_id: number | null }

/** Who may read: `staff` are agents and managers of the Help Center. */
export type UserSegment = {
  id: number
  name: string
  user_type: 'signed_in_users' | 'staff'
  group_ids: number[]
  organization_ids: number[]
  tags: string[]
  or_tags: string[]
  added_user_ids: number[]
  built_in: boolean
  created_at: Instant
  updated_at: Instant
}

/** Who may edit and publish, as ids of user segments; nobody named means admins alone. */
export type PermissionGroup = {
  id: number
  name: string
  edit: number[]
  publish: number[]
  built_in: boolean
  created_at: Instant
  updated_at: Instant
}

export type Translation = {
  id: number
  locale: string
  title: string
  body: string
  draft: boolean
  created_by_id: number
  updated_by_id: number
  created_at: Instant
  updated_at: Instant
}

export type Article = {
  id: number
  section_id: number
  author_id: number
  permission_group_id: number
  /** Null: everyone. */
  user_segment_id: number | null
  label_names: string[]
  content_tag_ids: string[]
  promoted: boolean
  comments_disabled: boolean
  position: number
  source_locale: string
  created_at: Instant
  updated_at: Instant
  edited_at: Instant
  /** By locale; whether it is a draft is a matter of each. */
  translations: Record<string, Translation>
  /** No answer shows it; when followers of the section got a mail about it. */
  notified_at: Instant | null
}

export type HelpCenter = {
  default_locale: string
  locales: string[]
  categories: Record<number, Category>
  sections: Record<number, Section>
  user_segments: Record<number, UserSegment>
  permission_groups: Record<number, PermissionGroup>
  articles: Record<number, Article>
}
