import type { Field, FieldOption, State, Ticket, User } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { commentText } from './comment-text.ts'
import { type FieldKind, PRIORITIES, STATUSES, TYPES, VIAS } from './vocabulary.ts'

/** What a condition is tested on. */
export type Situation = { world: World; update: UpdateInProgress }

/**
 * A field that trigger conditions may name.
 *
 * `read` gives the value in Zendesk's condition form: ids as text, none as `''`; `readBefore` the same as it was before
 * the update, for the operators about change. `choices` gives the values that are accepted; null accepts any.
 */
export type ConditionField = {
  name: string
  title: string
  kind: FieldKind
  group: 'ticket' | 'requester' | 'organization' | 'other'
  choices: (() => string[]) | null
  /** Lowest first, for ordered lists. */
  order?: readonly string[]
  /** Of drop-downs and multi-selects, which may be named by tag or by id. */
  options?: FieldOption[]
  read(situation: Situation): unknown
  readBefore?(situation: Situation): unknown
}

type TicketReader = (ticket: Ticket) => unknown

/** The condition field of a name, or null when triggers know no such field. */
export function findField(state: State, name: string): ConditionField | null {
  const system = SYSTEM_FIELDS.get(LEGACY_NAMES.get(name) ?? name)
  return system?.(state) ?? customField(state, name) ?? personField(state, name)
}

/** Every field a trigger of this account may use, in the order the rule editor shows them. */
export function allFields(state: State): ConditionField[] {
  const names = [
    ...SYSTEM_FIELDS.keys(),
    ...Object.values(state.ticket_fields)
      .filter((field) => field.removable && field.active)
      .map((field) => `custom_fields_${field.id}`),
    ...Object.values(state.user_fields).map((field) => `requester.custom_fields.${field.key}`),
    ...Object.values(state.organization_fields).map((field) => `organization.custom_fields.${field.key}`),
  ]
  return names.map((name) => findField(state, name)).filter((field) => field !== null)
}

const LEGACY_NAMES = new Map([
  ['ticket_type_id', 'type'],
  ['tags', 'current_tags'],
])

const SYSTEM_FIELDS = new Map<string, (state: State) => ConditionField>(
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

/** Rules see ids and numbers as text and none as `''`; lists and booleans stay. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  return typeof value === 'number' ? String(value) : value
}

const KIND_OF_TYPE: Record<string, FieldKind> = {
  checkbox: 'checkbox',
  tagger: 'dropdown',
  dropdown: 'dropdown',
  multiselect: 'multiselect',
  integer: 'number',
  decimal: 'number',
  date: 'date',
  text: 'text',
  textarea: 'text',
  regexp: 'text',
  lookup: 'dropdown',
}

function customField(state: State, name: string): ConditionField | null {
  const id = /^(?:custom_fields|ticket_fields)_(\d+)$/.exec(name)?.[1]
  const field = id ? state.ticket_fields[Number(id)] : undefined
  if (!field?.removable) return null
  return ofCustom(name, field, 'ticket', {
    read: ({ update }) => plain(update.ticket.custom_fields[field.id]),
    readBefore: ({ update }) => plain(update.before?.custom_fields[field.id]),
  })
}

function personField(state: State, name: string): ConditionField | null {
  const [, who, key] = /^(requester|organization)\.custom_fields\.([\w-]+)$/.exec(name) ?? []
  const fields: Field[] = Object.values(who === 'requester' ? state.user_fields : state.organization_fields)
  const field = key ? fields.find((candidate) => candidate.key === key) : undefined
  if (!field || !key) return null
  return ofCustom(name, field, who as 'requester' | 'organization', {
    read: ({ world, update: { ticket } }) =>
      who === 'requester'
        ? plain(world.state.users[ticket.requester_id]?.user_fields[key])
        : plain(world.state.organizations[ticket.organization_id ?? 0]?.organization_fields[key]),
  })
}

function ofCustom(
  name: string,
  field: Field,
  group: ConditionField['group'],
  readers: Pick<ConditionField, 'read' | 'readBefore'>,
): ConditionField | null {
  const kind = KIND_OF_TYPE[field.type]
  if (!kind) return null
  const choices = choicesOf(field, kind)
  const base = { name, title: field.title, kind, group, choices, options: field.custom_field_options, ...readers }
  return kind === 'checkbox' ? { ...base, ...uncheckedIsFalse(readers) } : base
}

/** A box nobody touched is an unchecked one. */
function uncheckedIsFalse({ read, readBefore }: Pick<ConditionField, 'read' | 'readBefore'>) {
  const settled = (value: unknown) => (value === '' || value === undefined ? false : value)
  return {
    read: (situation: Situation) => settled(read(situation)),
    ...(readBefore ? { readBefore: (situation: Situation) => settled(readBefore(situation)) } : {}),
  }
}

/** A drop-down's option may be named by its tag or by its id. */
function choicesOf(field: Field, kind: FieldKind): (() => string[]) | null {
  if (kind === 'checkbox') return () => ['true', 'false']
  if (field.custom_field_options.length === 0) return null
  return () => ['', ...field.custom_field_options.flatMap((option) => [option.value, String(option.id)])]
}

function commentKinds(update: UpdateInProgress): string[] {
  if (!update.comment) return []
  const seen = update.comment.public ? ['true', 'requester_can_see_comment'] : ['false']
  return [...seen, 'not_relevant']
}

/** Admins are agents too: "Current user is (agent)" holds for both. */
function roleWords(user: User): string[] {
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
