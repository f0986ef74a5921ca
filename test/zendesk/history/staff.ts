import type { Random } from '../../support/random.ts'
import { addUser, joinGroup } from '../seed/company.ts'
import type { GroupName } from '../seed/people.ts'
import type { User } from '../state/model.ts'
import type { World } from '../world.ts'

/** Somebody of the first line, and how they are about handing over. */
export type FrontAgent = {
  user: User
  /** Which office's hours they keep. */
  office: 'berlin' | 'new-york'
  /** How readily they escalate; 1 is usual. */
  eagerness: number
  /** How long they try themselves; 1 is usual. */
  patience: number
  /** How much of the note they fill in, 0 to 1. */
  care: number
  /** Makes figures look better than they are. */
  games: boolean
  /** Also takes what new customers ask. */
  welcomes: boolean
}

export type Specialist = { user: User; office: FrontAgent['office'] }

export type Staff = {
  front: FrontAgent[]
  /** By the name of their group. */
  specialists: Record<string, Specialist[]>
  director: User
  admin: User
}

const FIRST = [
  ...['Marta', 'Nils', 'Oksana', 'Pablo', 'Quentin', 'Rosa', 'Samir', 'Tove', 'Uma', 'Viktor', 'Wanda', 'Yara'],
  ...['Zoltan', 'Amara', 'Bruno', 'Celine', 'Dario', 'Esther', 'Fabio', 'Greta', 'Hugo', 'Irina', 'Jonas', 'Klara'],
  ...['Luca', 'Mina', 'Noah', 'Olivia', 'Petra', 'Rahul', 'Selma', 'Tomas', 'Ursula', 'Vera', 'Willem', 'Ximena'],
]
const LAST = [
  ...['Bergström', 'Costa', 'Dvorak', 'Eriksen', 'Fontaine', 'Grasso', 'Hartmann', 'Ibarra', 'Jansen', 'Kowalski'],
  ...['Lambert', 'Meyer', 'Nakamura', 'Oyelaran', 'Pereira', 'Quist', 'Rossi', 'Schulz', 'Tanaka', 'Ueda', 'Varga'],
  ...['Weiss', 'Xu', 'Yilmaz', 'Zeller', 'Abbott', 'Blom', 'Cruz', 'Dahl', 'Ekström', 'Falk', 'Gupta', 'Hale'],
]

/** A group that no policy names; one day it gets another name. */
export const WELCOMING = 'Onboarding'

const ADDED: [group: GroupName, count: number][] = [
  ['Support', 20],
  ['Identity specialists', 3],
  ['Integrations specialists', 3],
  ['Data specialists', 3],
  ['Billing specialists', 2],
  ['Platform engineering', 5],
  ['Security response', 2],
  ['Executive desk', 1],
]

const BERLIN = { time_zone: 'Berlin', iana_time_zone: 'Europe/Berlin' }
const NEW_YORK = { time_zone: 'Eastern Time (US & Canada)', iana_time_zone: 'America/New_York' }

/** Fills the groups of the company with colleagues of those the demo knows by name. */
export function hire(world: World, random: Random): Staff {
  const first = random.shuffle(FIRST)
  const last = random.shuffle(LAST)
  let count = 0
  for (const [group, wanted] of ADDED) {
    for (let one = 0; one < wanted; one++) {
      // Each pair of names comes once before one comes again.
      const name = `${first[count % first.length]} ${last[(count + Math.floor(count / first.length)) % last.length]}`
      count++
      const email = `${plain(name).replace(' ', '.')}@northwind.example`
      const zone = random.chance(0.6) ? BERLIN : NEW_YORK
      joinGroup(world, addUser(world, { name, email, role: 'agent', ...zone }), group, true)
    }
  }
  const staff = staffOf(world, random)
  const at = world.clock.now()
  const id = world.nextId('group')
  const group = { id, name: WELCOMING, description: 'New customers.', default: false, deleted: false, is_public: true }
  world.state.groups[id] = { ...group, created_at: at, updated_at: at }
  for (const { user, welcomes } of staff.front) if (welcomes) joinGroup(world, user, WELCOMING, false)
  return staff
}

/** Letters that an address may have. */
function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o').toLowerCase()
}

function staffOf(world: World, random: Random): Staff {
  const { state } = world
  const named = (name: string) => Object.values(state.users).find((user) => user.name === name)!
  const membersOf = (group: string) => {
    const { id } = Object.values(state.groups).find(({ name }) => name === group)!
    const ids = new Set(Object.values(state.memberships).flatMap((one) => (one.group_id === id ? [one.user_id] : [])))
    return Object.values(state.users).filter(
      (user) => ids.has(user.id) && user.role === 'agent' && user.role_type !== 1,
    )
  }
  const front = membersOf('Support').map((user, index): FrontAgent => {
    return {
      user,
      office: officeOf(user),
      eagerness: [0.45, 0.7, 0.9, 1, 1.1, 1.4, 2.1][index % 7]!,
      patience: [0.4, 0.8, 1, 1.2, 2.2][index % 5]!,
      care: 0.35 + random.between(0, 65) / 100,
      games: index % 11 === 4,
      welcomes: index % 3 === 0,
    }
  })
  const groups = ADDED.map(([name]) => name).filter((name) => name !== 'Support')
  const specialists = Object.fromEntries(
    groups.map((name) => [name, membersOf(name).map((user) => ({ user, office: officeOf(user) }))]),
  )
  return { front, specialists, director: named('Kim Dubois'), admin: named('Lea Novak') }
}

function officeOf({ iana_time_zone }: User): FrontAgent['office'] {
  return iana_time_zone === 'America/New_York' ? 'new-york' : 'berlin'
}
