import { addProblem, type Problems, refuseIfAny } from '../http/refused.ts'
import type { State } from '../state/model.ts'
import type { Article } from './model.ts'

type Input = Record<string, unknown>
type Settings = Pick<
  Article,
  'permission_group_id' | 'user_segment_id' | 'label_names' | 'promoted' | 'comments_disabled' | 'content_tag_ids'
>

/** What stands beside the text, with what the account gives where nothing is said. @throws {Refused} 422 */
export function readSettings(state: State, input: Input, before: Settings | null): Settings {
  const { user_segments, permission_groups } = state.help_center
  const problems: Problems = {}
  const admins = Object.values(permission_groups).find(({ name, built_in }) => built_in && name === 'Admins')!
  const groupId = input.permission_group_id ?? before?.permission_group_id ?? admins.id
  if (!permission_groups[Number(groupId)]) addProblem(problems, 'permission_group_id', 'Permission group is invalid')
  const segmentId = input.user_segment_id === undefined ? (before?.user_segment_id ?? null) : input.user_segment_id
  if (segmentId !== null && !user_segments[Number(segmentId)]) {
    addProblem(problems, 'user_segment_id', 'User segment is invalid')
  }
  refuseIfAny(problems)
  return {
    permission_group_id: Number(groupId),
    user_segment_id: segmentId === null ? null : Number(segmentId),
    label_names: hasLabels(state) ? strings(input.label_names, before?.label_names) : [],
    content_tag_ids: strings(input.content_tag_ids, before?.content_tag_ids),
    promoted: boolean(input.promoted, before?.promoted),
    comments_disabled: boolean(input.comments_disabled, before?.comments_disabled),
  }
}

/** @throws {Refused} 422 when there is no title, or the Help Center does not speak the language */
export function checkText(state: State, input: Input, locale: string): void {
  const problems: Problems = {}
  if (typeof input.title !== 'string' || input.title.trim() === '')
    addProblem(problems, 'title', "Title can't be blank")
  if (!state.help_center.locales.includes(locale)) addProblem(problems, 'locale', `Locale ${locale} is not enabled`)
  refuseIfAny(problems)
}

/** Labels come with larger plans; the smallest drops them without a word. */
function hasLabels({ account }: State): boolean {
  return account.plan !== 'team'
}

function strings(given: unknown, before: string[] = []): string[] {
  return Array.isArray(given) ? given.map(String) : before
}

function boolean(given: unknown, before = false): boolean {
  return typeof given === 'boolean' ? given : before
}
