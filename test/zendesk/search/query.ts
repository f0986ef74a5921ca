import type { State, Ticket } from '../state/model.ts'
import { PRIORITIES, STATUSES } from '../tickets/statuses.ts'

/** One part of a search: a word, or `key`, operator and value; `-` before it negates. */
export type Term = { key: string | null; operator: ':' | '<' | '>' | '<=' | '>='; value: string; negated: boolean }

export function parseQuery(query: string): Term[] {
  const parts = query.match(/-?[\w.]*(?:<=|>=|[:<>])"[^"]*"|-?"[^"]*"|\S+/g) ?? []
  return parts.map((part) => {
    const negated = part.startsWith('-')
    const text = negated ? part.slice(1) : part
    const [, key, operator, value] = /^([\w.]+)(<=|>=|[:<>])(.*)$/s.exec(text) ?? []
    const plain = (value ?? text).replaceAll('"', '')
    return { key: key?.toLowerCase() ?? null, operator: (operator ?? ':') as Term['operator'], value: plain, negated }
  })
}

/**
 * Whether a ticket matches all terms. Terms of the same key with `:` are alternatives, as in Zendesk: `tags:a tags:b`
 * finds both.
 */
export function ticketMatches(state: State, ticket: Ticket, terms: Term[], callerId: number): boolean {
  const alternatives = new Map<string, boolean>()
  for (const term of terms) {
    if (term.key === 'type' || term.key === 'order_by' || term.key === 'sort') continue
    const holds = termHolds(state, ticket, term, callerId) !== term.negated
    if (term.key !== null && term.operator === ':' && !term.negated) {
      alternatives.set(term.key, (alternatives.get(term.key) ?? false) || holds)
    } else if (!holds) return false
  }
  return [...alternatives.values()].every(Boolean)
}

function termHolds(state: State, ticket: Ticket, term: Term, callerId: number): boolean {
  const { key, operator, value } = term
  const wanted = value.toLowerCase()
  if (key === null) return textOf(state, ticket).includes(wanted)
  const custom = /^custom_field_(\d+)$/.exec(key)
  if (custom) return String(ticket.custom_fields[Number(custom[1])] ?? '').toLowerCase() === wanted
  switch (key) {
    case 'status':
      return compare(STATUSES.indexOf(ticket.status), operator, STATUSES.indexOf(wanted as never))
    case 'priority':
      return compare(PRIORITIES.indexOf(ticket.priority as never), operator, PRIORITIES.indexOf(wanted as never))
    case 'ticket_type':
      return wanted === 'none' ? ticket.type === null : ticket.type === wanted
    case 'tags':
      return wanted === 'none'
        ? ticket.tags.length === 0
        : wanted.split(/[\s,]+/).some((tag) => ticket.tags.includes(tag))
    case 'subject':
      return ticket.subject.toLowerCase().includes(wanted)
    case 'description':
      return ticket.description.toLowerCase().includes(wanted)
    case 'external_id':
      return ticket.external_id?.toLowerCase() === wanted
    case 'fieldvalue':
      return Object.values(ticket.custom_fields).some((one) => String(one).toLowerCase() === wanted)
    case 'id':
      return String(ticket.id) === wanted
    case 'problem_id':
      return String(ticket.problem_id) === wanted
    case 'via':
      return ticket.via.channel === wanted
    case 'form':
      return state.ticket_forms[ticket.ticket_form_id]?.name.toLowerCase() === wanted
    case 'group':
    case 'group_id':
      return names(ticket.group_id, state.groups[ticket.group_id ?? 0], wanted)
    case 'organization':
    case 'organization_id':
      return names(ticket.organization_id, state.organizations[ticket.organization_id ?? 0], wanted)
    case 'assignee':
    case 'requester':
    case 'submitter': {
      const id = ticket[`${key}_id`]
      return wanted === 'me' ? id === callerId : names(id, state.users[id ?? 0], wanted)
    }
    case 'created':
    case 'updated':
      return datesHold(ticket[`${key}_at`], operator, value)
    default:
      return false
  }
}

function names(id: number | null, record: { name: string; email?: string } | undefined, wanted: string): boolean {
  if (wanted === 'none') return id === null
  return String(id) === wanted || record?.name.toLowerCase() === wanted || record?.email?.toLowerCase() === wanted
}

function datesHold(at: number, operator: Term['operator'], value: string): boolean {
  const from = Date.parse(value)
  if (Number.isNaN(from)) return false
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value)
  if (operator === ':') return isDay ? at >= from && at < from + 86_400_000 : Math.floor(at / 1000) === from / 1000
  return compare(at, operator, isDay && operator === '>' ? from + 86_400_000 - 1 : from)
}

function compare(left: number, operator: Term['operator'], right: number): boolean {
  switch (operator) {
    case ':':
      return left === right
    case '<':
      return left < right
    case '>':
      return left > right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
  }
}

function textOf(state: State, ticket: Ticket): string {
  const comments = (state.comments[ticket.id] ?? []).map((comment) => comment.plain_body)
  return [String(ticket.id), ticket.subject, ticket.description, ...comments].join('\n').toLowerCase()
}
