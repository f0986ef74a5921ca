import { DAY_MS, type Instant } from '../../../core/units.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { addArticle } from '../help-center/article-routes.ts'
import { addCategory, addSection } from '../help-center/place-routes.ts'
import { addHoliday } from '../schedules/holiday-routes.ts'
import { addSchedule } from '../schedules/routes.ts'
import { createWorld } from '../state/create-world.ts'
import type { Field, State, User } from '../state/model.ts'
import { createState } from '../state/store.ts'
import type { MovableClock, World } from '../world.ts'
import { ARTICLES, CATEGORY, SECTIONS } from './articles.ts'
import { openConversations } from './open-conversations.ts'
import { AGENTS, GROUPS, INTEGRATION, ORGANIZATIONS } from './people.ts'
import { holidaysAround, SCHEDULES } from './schedules.ts'

/** The OAuth client that Baton uses in the demo and in tests. The secret is no secret: it opens only this local account. */
export const DEMO_CLIENT = { identifier: 'baton', secret: 'local-demo-secret' }

/**
 * An account that has been at work for a while: people, organisations with their tier, revenue and health, and sixty
 * tickets with conversations, as if written over the days before `at`.
 */
export async function companyState(at: Instant, { seed = 7 }: { seed?: number } = {}): Promise<State> {
  const world = foundCompany({ clock: createStoppedClock(at - 9 * DAY_MS), until: at, seed })
  await openConversations(world, at)
  return world.state
}

/** The company on its first day: people and organisations, and no tickets. `until`: how far its holidays are entered. */
export function foundCompany({ clock, until, seed = 7 }: Founding): World {
  const world = createWorld({ clock, state: createState({ seed, at: clock.now(), subdomain: 'northwind' }) })
  addGroups(world)
  addOrganizations(world)
  addPeople(world)
  addOAuthClient(world)
  addSchedules(world, until)
  addHelpCenter(world)
  return world
}

type Founding = { clock: MovableClock; until: Instant; seed?: number }

function addGroups(world: World): void {
  for (const { name, description } of GROUPS) {
    const id = world.nextId('group')
    const isFirst = name === 'Support'
    world.state.groups[id] = {
      id,
      name,
      description,
      default: isFirst,
      deleted: false,
      is_public: true,
      ...times(world),
    }
  }
}

const ORGANIZATION_FIELDS: [key: string, type: string, title: string, options: string[]][] = [
  ['customer_tier', 'dropdown', 'Customer tier', ['enterprise', 'premium', 'standard']],
  ['arr', 'integer', 'Annual recurring revenue (USD)', []],
  ['health_score', 'integer', 'Health score', []],
  ['segment', 'text', 'Segment', []],
]

function addOrganizations(world: World): void {
  ORGANIZATION_FIELDS.forEach(([key, type, title, options], position) => {
    const id = world.nextId('organization_field')
    const custom_field_options = options.map((value) => ({
      id: world.nextId('field_option'),
      name: capitalised(value),
      value,
    }))
    const field: Field = {
      id,
      key,
      type,
      title,
      description: title,
      active: true,
      position,
      required: false,
      removable: true,
      custom_field_options,
      ...times(world),
    }
    world.state.organization_fields[id] = field
  })
  for (const { name, domain, customer_tier, arr, health_score, segment } of ORGANIZATIONS) {
    const id = world.nextId('organization')
    world.state.organizations[id] = {
      ...{ id, name, external_id: null, details: '', notes: '', group_id: null, shared_tickets: false },
      ...{
        domain_names: [domain],
        tags: [customer_tier],
        organization_fields: { customer_tier, arr, health_score, segment },
      },
      ...times(world),
    }
  }
}

function addPeople(world: World): void {
  for (const { name, email, role, roleType, groups, locale, timeZone } of AGENTS) {
    const user = addUser(world, {
      name,
      email,
      role,
      role_type: roleType,
      locale,
      time_zone: timeZone[0],
      iana_time_zone: timeZone[1],
    })
    user.only_private_comments = roleType === 1
    for (const [index, group] of groups.entries()) joinGroup(world, user, group, index === 0)
  }
  joinGroup(world, addUser(world, { ...INTEGRATION, role: 'admin', role_type: 4 }), 'Support', true)

  for (const { name: organization, contacts } of ORGANIZATIONS) {
    const { id } = Object.values(world.state.organizations).find((one) => one.name === organization)!
    for (const [name, email, locale] of contacts) addUser(world, { name, email, locale, organization_id: id })
  }
}

export function addUser(world: World, given: Partial<User> & Pick<User, 'name' | 'email'>): User {
  const id = world.nextId('user')
  const user: User = {
    ...{ id, role: 'end-user', role_type: null, organization_id: null, default_group_id: null, locale: 'en-US' },
    ...{ time_zone: 'London', iana_time_zone: 'Europe/London', phone: null, photo_url: null, ticket_restriction: null },
    ...{ only_private_comments: false, active: true, suspended: false, tags: [], user_fields: {}, ...times(world) },
    ...given,
  }
  world.state.users[id] = user
  return user
}

export function joinGroup(world: World, user: User, groupName: string, isDefault: boolean): void {
  const group = Object.values(world.state.groups).find(({ name }) => name === groupName)!
  const id = world.nextId('group_membership')
  const { created_at } = times(world)
  world.state.memberships[id] = { id, user_id: user.id, group_id: group.id, default: isDefault, created_at }
  if (isDefault) user.default_group_id = group.id
}

function addOAuthClient(world: World): void {
  const id = world.nextId('oauth_client')
  const owner = Object.values(world.state.users).find(({ email }) => email === INTEGRATION.email)!
  world.state.oauth_clients[id] = {
    id,
    name: 'Baton',
    ...DEMO_CLIENT,
    user_id: owner.id,
    redirect_uris: [],
    kind: 'confidential',
  }
}

function addSchedules(world: World, until: Instant): void {
  for (const { holidays, ...schedule } of SCHEDULES) {
    const added = addSchedule(world, schedule)
    for (const holiday of holidaysAround(holidays, world.clock.now(), until)) addHoliday(world, added, holiday)
  }
}

function addHelpCenter(world: World): void {
  const { user_segments, permission_groups } = world.state.help_center
  const { id: categoryId } = addCategory(world, { name: CATEGORY })
  const agentsOnly = Object.values(user_segments).find(({ user_type }) => user_type === 'staff')!.id
  const group = Object.values(permission_groups).find(({ name }) => name === 'Agents and admins')!.id
  const author_id = Object.values(world.state.users).find(({ role }) => role === 'admin')!.id
  for (const section of SECTIONS) {
    const { id: section_id } = addSection(world, categoryId, section)
    for (const { title, body } of ARTICLES.filter((article) => article.section === section.name)) {
      const user_segment_id = section.isInternal ? agentsOnly : null
      const place = { section_id, author_id, permission_group_id: group, user_segment_id, locale: 'en-us' }
      addArticle(world, { title, body, draft: false, ...place })
    }
  }
}

function times(world: World) {
  return { created_at: world.clock.now(), updated_at: world.clock.now() }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
