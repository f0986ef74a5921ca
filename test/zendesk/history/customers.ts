import type { Random } from '../../support/random.ts'
import { addUser } from '../seed/company.ts'
import type { Organization, User } from '../state/model.ts'
import type { World } from '../world.ts'
import { chooser, fraction } from './draw.ts'

export type Customer = {
  organization: Organization
  contacts: User[]
  /** How much of all tickets they write. */
  share: number
}

const FIRST = [
  ...['Aurora', 'Beacon', 'Cobalt', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbor', 'Indigo', 'Juniper', 'Kestrel'],
  ...['Lumen', 'Meridian', 'Nimbus', 'Orchard', 'Pioneer', 'Quartz', 'Redwood', 'Summit', 'Tundra', 'Vertex', 'Willow'],
]
const SECOND: [word: string, segment: string][] = [
  ...([
    ['Freight', 'logistics'],
    ['Bank', 'finance'],
    ['Clinics', 'health'],
    ['Stores', 'retail'],
  ] as const),
  ...([
    ['Media', 'media'],
    ['Academy', 'education'],
    ['Foods', 'food'],
    ['Motors', 'manufacturing'],
  ] as const),
  ...([
    ['Energy', 'energy'],
    ['Insurance', 'finance'],
    ['Software', 'software'],
    ['Travel', 'travel'],
  ] as const),
].map(([word, segment]): [string, string] => [word, segment])

const GIVEN = [
  ...['Alice', 'Boris', 'Carmen', 'David', 'Eva', 'Felix', 'Grace', 'Hassan', 'Ingrid', 'Jakub', 'Karin', 'Leo'],
  ...['Mona', 'Nadia', 'Oscar', 'Paula', 'Ruth', 'Stefan', 'Teresa', 'Ulrich', 'Valeria', 'Walter', 'Yves', 'Zara'],
]
const FAMILY = [
  ...['Andersen', 'Becker', 'Carter', 'Diaz', 'Evans', 'Fischer', 'Garcia', 'Hansen', 'Ito', 'Johnson', 'Kaya'],
  ...['Larsen', 'Martin', 'Novotny', 'Olsen', 'Patel', 'Ricci', 'Silva', 'Turner', 'Vogel', 'Walker', 'Young'],
]

/** What a tier's customers pay a year, and how many of a hundred are in it. */
const TIERS = [
  { tier: 'enterprise', share: 15, arr: [90_000, 1_200_000] },
  { tier: 'premium', share: 30, arr: [30_000, 110_000] },
  { tier: 'standard', share: 55, arr: [3_000, 28_000] },
] as const

const drawTier = chooser(TIERS, ({ share }) => share)

/** The demo's organisations and as many more; a few of them write most tickets. */
export function winCustomers(world: World, count: number, random: Random): Customer[] {
  const names = random.shuffle(FIRST.flatMap((first) => SECOND.map(([word, segment]) => ({ first, word, segment }))))
  for (const { first, word, segment } of names.slice(0, count)) addCustomer(world, first, word, segment, random)

  const users = Object.values(world.state.users)
  return Object.values(world.state.organizations).map((organization) => ({
    organization,
    contacts: users.filter(({ organization_id }) => organization_id === organization.id),
    share: 0.2 + fraction(random) ** 3 * 6,
  }))
}

function addCustomer(world: World, first: string, word: string, segment: string, random: Random): void {
  const { tier, arr } = drawTier(random)
  const domain = `${first}-${word}.example`.toLowerCase()
  const id = world.nextId('organization')
  const at = world.clock.now()
  world.state.organizations[id] = {
    ...{ id, name: `${first} ${word}`, external_id: null, details: '', notes: '', group_id: null },
    ...{ shared_tickets: false, domain_names: [domain], tags: [tier], created_at: at, updated_at: at },
    organization_fields: {
      customer_tier: tier,
      arr: Math.round(random.between(arr[0], arr[1]) / 100) * 100,
      health_score: random.between(25, 98),
      segment,
    },
  }
  for (let contact = random.between(2, 4); contact > 0; contact--) {
    const name = `${random.pick(GIVEN)} ${random.pick(FAMILY)}`
    const email = `${name.toLowerCase().replace(' ', '.')}.${contact}@${domain}`
    addUser(world, { name, email, organization_id: id })
  }
}
