import { Combobox, Field, OptGroup, Option } from '@zendeskgarden/react-dropdowns'
import { useState } from 'react'
import type { ApiTicket } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'

export type AssigneeFieldProps = { store: TicketStore; ticket: ApiTicket; session: Session; isDisabled: boolean }

/** A group, or a group and one of its agents: `<group id>` or `<group id>/<user id>`. */
export function AssigneeField({ store, ticket, session, isDisabled }: AssigneeFieldProps) {
  const [typed, setTyped] = useState('')
  const { groups, agents, memberships, me } = session
  const current = ticket.group_id === null ? '' : assigneeValue(ticket.group_id, ticket.assignee_id)
  const matches = (text: string) => text.toLowerCase().includes(typed.trim().toLowerCase())

  const rows = groups.map((group) => {
    const members = agents.filter(
      (agent) =>
        agent.role_type !== 1 && memberships.some((one) => one.group_id === group.id && one.user_id === agent.id),
    )
    const shown = matches(group.name) ? members : members.filter((agent) => matches(agent.name))
    return { group, shown, isShown: matches(group.name) || shown.length > 0 }
  })

  function choose(value: string) {
    const [groupId, userId] = value.split('/').map(Number)
    store.setField('group_id', groupId!)
    store.setField('assignee_id', userId ?? null)
    setTyped('')
  }

  const groupName = groups.find((group) => group.id === ticket.group_id)?.name
  const agentName = agents.find((agent) => agent.id === ticket.assignee_id)?.name
  return (
    <Field className="field">
      <div className="field-head">
        <Field.Label className="field-label" isRegular>
          Assignee
        </Field.Label>
        <TakeIt
          session={session}
          ticket={ticket}
          isDisabled={isDisabled}
          onTake={(groupId) => choose(assigneeValue(groupId, me.id))}
        />
      </div>
      <Combobox
        isCompact
        isAutocomplete
        isDisabled={isDisabled}
        listboxAppendToNode={document.body}
        listboxMaxHeight="360px"
        selectionValue={current}
        inputValue={typed}
        placeholder="Group or agent"
        renderValue={() => [groupName, agentName].filter(Boolean).join(' / ') || '-'}
        onChange={({ type, selectionValue, inputValue }) => {
          if (typeof selectionValue === 'string' && selectionValue !== current) choose(selectionValue)
          else if (type === 'input:change') setTyped(inputValue ?? '')
          else if (type === 'input:blur') setTyped('')
        }}
      >
        {rows
          .filter((row) => row.isShown)
          .map(({ group, shown }) => (
            <OptGroup key={group.id} legend={group.name}>
              <Option value={String(group.id)} label={`${group.name} (group)`} />
              {shown.map((agent) => (
                <Option key={agent.id} value={assigneeValue(group.id, agent.id)} label={agent.name} />
              ))}
            </OptGroup>
          ))}
        {rows.every((row) => !row.isShown) && <Option isDisabled value="none" label="Nobody found" />}
      </Combobox>
    </Field>
  )
}

type TakeItProps = { session: Session; ticket: ApiTicket; isDisabled: boolean; onTake: (groupId: number) => void }

/** Assigns the ticket to oneself, in its group where one belongs to it. */
function TakeIt({ session: { me, memberships }, ticket, isDisabled, onTake }: TakeItProps) {
  const mine = memberships.filter((membership) => membership.user_id === me.id)
  const best = mine.find((one) => one.group_id === ticket.group_id) ?? mine.find((one) => one.default) ?? mine[0]
  if (!best || ticket.assignee_id === me.id || isDisabled) return null
  return (
    <button type="button" className="text-button" onClick={() => onTake(best.group_id)}>
      take it
    </button>
  )
}

function assigneeValue(groupId: number, userId: number | null): string {
  return userId === null ? String(groupId) : `${groupId}/${userId}`
}
