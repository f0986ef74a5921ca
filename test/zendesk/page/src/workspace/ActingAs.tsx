import { Avatar } from '@zendeskgarden/react-avatars'
import { Item, ItemGroup, Menu } from '@zendeskgarden/react-dropdowns'
import { actAs, isAgent, type Person, type Session } from '../session/session.ts'
import { Icon } from '../theme/Icon.tsx'
import { initials } from '../theme/text.ts'

export type ActingAsProps = { session: Session; onPersonChange: () => void; onFailure: (message: string) => void }

/** How many end users the menu names; they are there to show that they can't act here. */
const END_USERS_SHOWN = 3

/** Changes the person this browser acts as. */
export function ActingAs({ session, onPersonChange, onFailure }: ActingAsProps) {
  const { people, me } = session
  const agents = people.filter(isAgent)
  const endUsers = people.filter((person) => !isAgent(person)).slice(0, END_USERS_SHOWN)

  async function choose(id: number) {
    if (id === me.id) return
    try {
      await actAs(id)
      onPersonChange()
    } catch (error) {
      onFailure((error as Error).message)
    }
  }

  return (
    <Menu
      isCompact
      placement="bottom-end"
      maxHeight="70vh"
      button={(buttonProps) => (
        <button type="button" {...buttonProps} className="acting-as">
          <Avatar size="small" backgroundColor="#17494d">
            <Avatar.Text>{initials(me.name)}</Avatar.Text>
          </Avatar>
          <span className="acting-as-text">
            <span className="acting-as-hint">Acting as</span>
            <span className="acting-as-name">{me.name}</span>
          </span>
          <Icon name="chevronDown" size={12} />
        </button>
      )}
      onChange={({ type, value }) => {
        if (value !== undefined && /click|keydown/i.test(type)) void choose(Number(value))
      }}
    >
      <ItemGroup legend="Act as">
        {agents.map((person) => (
          <Item key={person.id} value={String(person.id)} isSelected={person.id === me.id} type={undefined}>
            {person.name}
            <Item.Meta>{roleText(person)}</Item.Meta>
          </Item>
        ))}
      </ItemGroup>
      {endUsers.length > 0 && (
        <ItemGroup legend="End users">
          {endUsers.map((person) => (
            <Item key={person.id} value={String(person.id)} isDisabled>
              {person.name}
              <Item.Meta>No agent workspace</Item.Meta>
            </Item>
          ))}
        </ItemGroup>
      )}
    </Menu>
  )
}

function roleText(person: Person): string {
  const role = person.role === 'admin' ? 'Admin' : person.is_light ? 'Light agent' : 'Agent'
  return [role, ...person.groups].join(' · ')
}
