import { isSystem } from '../people/system-user.ts'
import { calendarAt } from '../schedules/calendar.ts'
import { listSchedules, scheduleOf } from '../schedules/find.ts'
import type { Schedule } from '../schedules/schedule.ts'
import type { State, Ticket, User } from '../state/model.ts'
import { customStatusId } from '../tickets/statuses.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { commentText } from './comment-text.ts'
import { type ConditionField, plain } from './condition-field.ts'
import { type FieldKind, PRIORITIES, STATUSES, TYPES, VIAS } from './vocabulary.ts'

type TicketReader = (ticket: Ticket) => unknown

/** The condition fields that every account has. Source: conditions reference, trigger column. */
export const SYSTEM_FIELDS = new Map<string, (state: State) => ConditionField>(
  Object.entries({
    status: () =>
      ofTicket(
        'status',
        'Status',
        'orderedList',
        (ticket) => ticket.status,
        () => [...STATUSES],
        STATUSES,
      ),
    type: () =>
      ofTicket(
        'type',
        'Type',
        'list',
        (ticket) => ticket.type,
        () => ['', ...TYPES],
      ),
    priority: () =>
      ofTicket(
        'priority',
        'Priority',
        'orderedList',
        (ticket) => ticket.priority,
        () => ['', ...PRIORITIES],
        ['', ...PRIORITIES],
      ),
    group_id: (state) =>
      ofTicket(
        'group_id',
        'Group',
        'list',
        (ticket) => ticket.group_id,
        () => [
          '',
          ...Object.values(state.groups)
            .filter((group) => !group.deleted)
            .map((group) => String(group.id)),
        ],
      ),
    assignee_id: (state) =>
      ofTicket(
        'assignee_id',
        'Assignee',
        'list',
        (ticket) => ticket.assignee_id,
        () => ['', 'current_user', 'requester_id', ...staffIds(state)],
      ),
    requester_id: (state) =>
      ofTicket(
        'requester_id',
        'Requester',
        'list',
        (ticket) => ticket.requester_id,
        () => ['current_user', 'assignee_id', ...Object.keys(state.users)],
      ),
    organization_id: (state) =>
      ofTicket(
        'organization_id',
        'Organization',
        'list',
        (ticket) => ticket.organization_id,
        () => ['', ...Object.keys(state.organizations)],
      ),
    current_tags: () => ofTicket('current_tags', 'Tags', 'tags', (ticket) => ticket.tags, null),
    via_id: () => ({
      ...ofTicket('via_id', 'Channel', 'origin', (ticket) => viaId(ticket.via.channel), viaIds),
    }),
    current_via_id: () => ({
      ...other('current_via_id', 'Update via', 'origin', viaIds),
      read: ({ update }) => viaId(update.audit.via.channel),
    }),
    brand_id: (state) =>
      ofTicket(
        'brand_id',
        'Brand',
        'list',
        (ticket) => ticket.brand_id,
        () => Object.keys(state.brands),
      ),
    ticket_form_id: (state) =>
      ofTicket(
        'ticket_form_id',
        'Form',
        'list',
        (ticket) => ticket.ticket_form_id,
        () => Object.keys(state.ticket_forms),
      ),
    description_includes_word: () =>
      ofTicket('description_includes_word', 'Description', 'words', (ticket) => ticket.description, null),
    subject_includes_word: () =>
      ofTicket('subject_includes_word', 'Subject text', 'words', (ticket) => ticket.subject, null),
    comment_includes_word: () => ({
      ...other('comment_includes_word', 'Comment text', 'words', null),
      read: ({ update }) => (update.comment ? commentText(update.comment) : ''),
    }),
    update_type: () => ({
      ...other('update_type', 'Ticket', 'once', () => ['Create', 'Change']),
      read: ({ update }) => (update.isCreate ? 'Create' : 'Change'),
    }),
    comment_is_public: () => ({
      ...other('comment_is_public', 'Comment', 'once', () => [
        'true',
        'false',
        'not_relevant',
        'requester_can_see_comment',
      ]),
      read: ({ update }) => commentKinds(update),
    }),
    ticket_is_public: () => ({
      ...other('ticket_is_public', 'Privacy', 'origin', () => ['public', 'private']),
      read: ({ update }) => (update.ticket.is_public ? 'public' : 'private'),
    }),
    role: (state) => ({
      ...other('role', 'Current user', 'origin', () => ['agent', 'end_user', 'admin', ...Object.keys(state.users)]),
      read: ({ update }) => [...roleWords(update.actor), String(update.actor.id)],
    }),
    custom_status_id: (state) =>
      ofTicket(
        'custom_status_id',
        'Ticket status',
        'among',
        (ticket) => [String(customStatusId(state, ticket))],
        () => Object.keys(state.custom_statuses),
      ),
    set_schedule: (state) =>
      ofTicket(
        'set_schedule',
        'Schedule',
        'origin',
        (ticket) => scheduleOf(state, ticket)?.id,
        () => scheduleIds(state),
      ),
    in_business_hours: () => ({
      ...other('in_business_hours', 'Within business hours', 'once', () => ['true', 'false']),
      read: ({ world, update }) => isOpen(world, scheduleOf(world.state, update.ticket)),
    }),
    within_schedule: (state) => ({
      ...other('within_schedule', 'Within schedule', 'origin', () => scheduleIds(state)),
      read: ({ world }) =>
        listSchedules(world.state)
          .filter((schedule) => isOpen(world, schedule))
          .map(({ id }) => String(id)),
    }),
    requester_role: () => ({
      ...other('requester_role', 'Requester role', 'origin', () => ['0', '2', '4']),
      group: 'requester',
      read: ({ world, update }) => roleNumber(world.state.users[update.ticket.requester_id]),
    }),
  } satisfies Record<string, (state: State) => ConditionField>),
)

function ofTicket(
  name: string,
  title: string,
  kind: FieldKind,
  reader: TicketReader,
  choices: (() => string[]) | null,
  order?: readonly string[],
): ConditionField {
  return {
    name,
    title,
    kind,
    group: 'ticket',
    choices,
    ...(order ? { order } : {}),
    read: ({ update }) => plain(reader(update.ticket)),
    readBefore: ({ update }) => (update.before ? plain(reader(update.before)) : ''),
  }
}

function other(
  name: string,
  title: string,
  kind: FieldKind,
  choices: (() => string[]) | null,
): Omit<ConditionField, 'read'> {
  return { name, title, kind, group: name.startsWith('comment') ? 'ticket' : 'other', choices }
}

function scheduleIds(state: State): string[] {
  return listSchedules(state).map(({ id }) => String(id))
}

function isOpen(world: World, schedule: Schedule | null): boolean {
  const now = world.clock.now()
  return calendarAt(schedule, now).isOpen(now)
}

function commentKinds(update: UpdateInProgress): string[] {
  if (!update.comment) return []
  const seen = update.comment.public ? ['true', 'requester_can_see_comment'] : ['false']
  return [...seen, 'not_relevant']
}

/** Admins are agents too, and automations are nobody: "Current user is (agent)" holds for both. */
function roleWords(user: User): string[] {
  if (isSystem(user)) return []
  if (user.role === 'end-user') return ['end_user']
  return user.role === 'admin' ? ['agent', 'admin'] : ['agent']
}

function roleNumber(user: User | undefined): string {
  if (user?.role === 'admin') return '2'
  return user?.role === 'agent' ? '4' : '0'
}

function staffIds(state: State): string[] {
  return Object.values(state.users)
    .filter((user) => user.role !== 'end-user')
    .map((user) => String(user.id))
}

function viaIds(): string[] {
  return [...new Set(Object.values(VIAS).map((via) => via.id))]
}

function viaId(channel: string): string {
  return VIAS[channel]?.id ?? '0'
}
