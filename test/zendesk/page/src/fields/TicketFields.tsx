import type { ApiField } from '../api/shapes.ts'
import type { Session } from '../session/session.ts'
import { editedTicket, type TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { AssigneeField } from './AssigneeField.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { CustomField } from './CustomField.tsx'
import { FollowersField } from './FollowersField.tsx'
import { TagsField } from './TagsField.tsx'

const TYPES = ['question', 'incident', 'problem', 'task']
const PRIORITIES = ['low', 'normal', 'high', 'urgent']

export type FieldsProps = { store: TicketStore; snapshot: TicketSnapshot; session: Session }

/** The left column: what the ticket is. Light agents and closed tickets can't change it. */
export function TicketFields({ store, snapshot, session }: FieldsProps) {
  const ticket = editedTicket(snapshot)
  if (!ticket) return null
  const isLocked = session.isLight || snapshot.ticket?.status === 'closed'
  const look = (name: string) => snapshot.fieldLooks[name] ?? { isHidden: false, isDisabled: false }
  const isDisabled = (name: string) => isLocked || look(name).isDisabled
  const requester = snapshot.people[ticket.requester_id]

  return (
    <section className="ticket-fields" aria-label="Ticket fields">
      <div className="read-field">
        <span className="field-label">Requester</span>
        <span className="read-value">
          <span className="requester-name">{requester?.name ?? 'Unknown'}</span>
          <span className="requester-email">{requester?.email}</span>
        </span>
      </div>
      <AssigneeField store={store} ticket={ticket} session={session} isDisabled={isDisabled('assignee')} />
      <FollowersField store={store} ticket={ticket} session={session} isDisabled={isDisabled('follower')} />
      <hr />
      <TagsField store={store} tags={ticket.tags} isDisabled={isDisabled('tags')} />
      <div className="field-pair">
        {!look('type').isHidden && (
          <ChoiceField
            label="Type"
            value={ticket.type}
            choices={TYPES.map(asChoice)}
            isDisabled={isDisabled('type')}
            onChange={(type) => store.setField('type', type)}
          />
        )}
        {!look('priority').isHidden && (
          <ChoiceField
            label="Priority"
            value={ticket.priority}
            choices={PRIORITIES.map(asChoice)}
            isDisabled={isDisabled('priority')}
            canClear={snapshot.ticket?.priority === null}
            onChange={(priority) => store.setField('priority', priority)}
          />
        )}
      </div>
      {customFieldsOf(session, ticket.ticket_form_id)
        .filter((field) => !look(`custom_field_${field.id}`).isHidden)
        .map((field) => (
          <CustomField
            key={field.id}
            field={field}
            value={ticket.custom_fields.find((one) => one.id === field.id)?.value ?? null}
            isDisabled={isDisabled(`custom_field_${field.id}`)}
            onChange={(value) => store.setCustomField(field.id, value)}
          />
        ))}
    </section>
  )
}

/** The custom fields of the ticket's form, in the form's order; all of them where there is no form. */
function customFieldsOf({ fields, forms }: Session, formId: number | null): ApiField[] {
  const custom = fields.filter((field) => field.removable !== false)
  const form = forms.find((one) => one.id === formId)
  if (!form) return custom
  return form.ticket_field_ids.flatMap((id) => custom.find((field) => field.id === id) ?? [])
}

function asChoice(value: string) {
  return { value, label: value[0]!.toUpperCase() + value.slice(1) }
}
