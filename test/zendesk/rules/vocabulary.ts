/** Words of Zendesk's rules. Source: conditions reference; recorded default triggers. */

export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export const TYPES = ['question', 'incident', 'problem', 'task'] as const

/** What Zendesk shows for an API value: in rules' answers and in rendered placeholders. */
export const TITLES: Record<string, string> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'On-hold',
  solved: 'Solved',
  closed: 'Closed',
  deleted: 'Deleted',
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
  question: 'Question',
  incident: 'Incident',
  problem: 'Problem',
  task: 'Task',
}

/** Channel of the JSON `via` → numeric id that conditions use, and its display name. Source: via types reference. */
export const VIAS: Record<string, { id: string; title: string }> = {
  web: { id: '0', title: 'Web form' },
  email: { id: '4', title: 'Mail' },
  api: { id: '5', title: 'Web service (API)' },
  rule: { id: '8', title: 'Automation or trigger' },
  linked_problem: { id: '9', title: 'Linked problem' },
  group_deletion: { id: '10', title: 'Group deletion' },
  dropbox: { id: '17', title: 'Dropbox' },
  merge: { id: '19', title: 'Ticket merge' },
  batch: { id: '20', title: 'Batch' },
  chat: { id: '29', title: 'Chat' },
  twitter: { id: '30', title: 'Twitter' },
  voice: { id: '33', title: 'Phone call' },
  facebook: { id: '38', title: 'Facebook' },
  mobile_sdk: { id: '49', title: 'Mobile SDK' },
  native_messaging: { id: '72', title: 'Messaging' },
  system: { id: '8', title: 'Automation or trigger' },
}

/** Operator → title; `terminal` ones take no value. */
export const OPERATORS: Record<string, { title: string; terminal: boolean }> = {
  is: { title: 'Is', terminal: false },
  is_not: { title: 'Is not', terminal: false },
  less_than: { title: 'Less than', terminal: false },
  less_than_equal: { title: 'Less than or equal to', terminal: false },
  greater_than: { title: 'Greater than', terminal: false },
  greater_than_equal: { title: 'Greater than or equal to', terminal: false },
  changed: { title: 'Changed', terminal: true },
  not_changed: { title: 'Not changed', terminal: true },
  value: { title: 'Changed to', terminal: false },
  not_value: { title: 'Not changed to', terminal: false },
  value_previous: { title: 'Changed from', terminal: false },
  not_value_previous: { title: 'Not changed from', terminal: false },
  includes: { title: 'Contains at least one of the following', terminal: false },
  not_includes: { title: 'Contains none of the following', terminal: false },
  present: { title: 'Present', terminal: true },
  not_present: { title: 'Not present', terminal: true },
  within_previous_n_days: { title: 'Is within the previous … days', terminal: false },
  within_next_n_days: { title: 'Is within the next … days', terminal: false },
}

const EQUAL = ['is', 'is_not']
/** The operators that compare the ticket with what it was before the update. */
export const CHANGES = ['changed', 'not_changed', 'value', 'not_value', 'value_previous', 'not_value_previous']
const ORDER = ['less_than', 'less_than_equal', 'greater_than', 'greater_than_equal']
const PRESENCE = ['present', 'not_present']
const WORDS = ['includes', 'not_includes']

/** Which operators go with which kind of field. */
export const OPERATORS_OF = {
  list: [...EQUAL, ...CHANGES],
  orderedList: [...EQUAL, 'less_than', 'greater_than', ...CHANGES],
  once: ['is'],
  origin: EQUAL,
  tags: WORDS,
  /** One value of the ticket among several of the rule. */
  among: [...WORDS, ...CHANGES],
  words: [...WORDS, ...EQUAL],
  checkbox: ['is', ...CHANGES],
  dropdown: [...EQUAL, ...CHANGES, ...PRESENCE],
  multiselect: [...WORDS, ...PRESENCE],
  number: [...EQUAL, ...ORDER, ...PRESENCE],
  date: [...EQUAL, ...ORDER, ...PRESENCE, 'within_previous_n_days', 'within_next_n_days'],
  text: PRESENCE,
} as const satisfies Record<string, readonly string[]>
export type FieldKind = keyof typeof OPERATORS_OF
