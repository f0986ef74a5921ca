import { Combobox, Field, Option } from '@zendeskgarden/react-dropdowns'
import { useState } from 'react'
import type { ApiTicket } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'

export type FollowersFieldProps = { store: TicketStore; ticket: ApiTicket; session: Session; isDisabled: boolean }

/** Agents who follow the ticket. */
export function FollowersField({ store, ticket, session, isDisabled }: FollowersFieldProps) {
  const [typed, setTyped] = useState('')
  const { me, agents } = session
  const isFollowing = ticket.follower_ids.includes(me.id)
  const set = (ids: number[]) => store.setField('follower_ids', ids)

  return (
    <Field className="field">
      <div className="field-head">
        <Field.Label className="field-label" isRegular>
          Followers
        </Field.Label>
        {!isDisabled && (
          <button
            type="button"
            className="text-button"
            onClick={() =>
              set(isFollowing ? ticket.follower_ids.filter((id) => id !== me.id) : [...ticket.follower_ids, me.id])
            }
          >
            {isFollowing ? 'unfollow' : 'follow'}
          </button>
        )}
      </div>
      <Combobox
        isCompact
        isAutocomplete
        isMultiselectable
        isDisabled={isDisabled}
        listboxAppendToNode={document.body}
        maxHeight="auto"
        selectionValue={ticket.follower_ids.map(String)}
        inputValue={typed}
        onChange={({ type, selectionValue, inputValue }) => {
          if (Array.isArray(selectionValue)) {
            set(selectionValue.map(Number))
            setTyped('')
          } else if (type === 'input:change') setTyped(inputValue ?? '')
        }}
      >
        {[...agents]
          .sort((a, b) => a.name.localeCompare(b.name))
          .map((agent) => (
            <Option
              key={agent.id}
              value={String(agent.id)}
              label={agent.name}
              isHidden={!agent.name.toLowerCase().includes(typed.trim().toLowerCase())}
              tagProps={{ children: <span title={agent.name}>{agent.name}</span>, isPill: true }}
            />
          ))}
      </Combobox>
    </Field>
  )
}
