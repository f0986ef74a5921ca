/** The demo company: "Northwind Cloud", who sell a workspace product with sign-in, integrations, reports and billing. */

export const GROUPS = [
  { name: 'Support', description: 'First line. Known issues, how-to, accounts.', tier: 1 },
  { name: 'Identity specialists', description: 'Sign-in, SSO, SCIM, permissions.', tier: 2 },
  { name: 'Integrations specialists', description: 'API, webhooks, connectors.', tier: 2 },
  { name: 'Data specialists', description: 'Imports, exports, reports, retention.', tier: 2 },
  { name: 'Billing specialists', description: 'Invoices, plans, payments.', tier: 2 },
  { name: 'Platform engineering', description: 'Code, infrastructure, incidents.', tier: 3 },
  { name: 'Security response', description: 'Security incidents and reports.', tier: 3 },
  { name: 'Executive desk', description: 'Contract, legal and executive matters.', tier: 4 },
] as const

export type GroupName = (typeof GROUPS)[number]['name']

export type AgentSeed = {
  name: string
  email: string
  role: 'agent' | 'admin'
  /** 1 is a light agent: private comments only. */
  roleType: number | null
  groups: GroupName[]
  locale: string
  timeZone: [rails: string, iana: string]
}

const berlin: [string, string] = ['Berlin', 'Europe/Berlin']
const newYork: [string, string] = ['Eastern Time (US & Canada)', 'America/New_York']
const kolkata: [string, string] = ['Kolkata', 'Asia/Kolkata']

export const AGENTS: AgentSeed[] = [
  agent('Ana Lindqvist', ['Support'], berlin),
  agent('Ben Okafor', ['Support'], newYork),
  agent('Chiara Moretti', ['Support'], berlin, 'de'),
  agent('Dev Raman', ['Support', 'Integrations specialists'], kolkata),
  agent('Elif Aydin', ['Identity specialists'], berlin),
  agent('Farah Haddad', ['Integrations specialists'], berlin),
  agent('Gus Petersen', ['Data specialists'], newYork),
  agent('Hana Sato', ['Billing specialists'], newYork),
  agent('Ivo Marek', ['Platform engineering'], berlin),
  agent('Jo Fraser', ['Platform engineering', 'Security response'], newYork),
  agent('Kim Dubois', ['Executive desk'], newYork),
  { ...agent('Lea Novak', ['Support'], berlin), role: 'admin', roleType: 4 },
  { ...agent('Max Liu', ['Support'], newYork), roleType: 1 },
]

/** The user Baton's OAuth client acts as. */
export const INTEGRATION = { name: 'Baton', email: 'baton@northwind.example' }

export type OrganizationSeed = {
  name: string
  domain: string
  customer_tier: 'enterprise' | 'premium' | 'standard'
  arr: number
  health_score: number
  segment: string
  contacts: [name: string, email: string, locale: string][]
}

export const ORGANIZATIONS: OrganizationSeed[] = [
  organization('Acme Corp', 'acme.example', 'enterprise', 120_000, 72, 'manufacturing', ['Jane Hollis', 'Peter Vance']),
  organization('Globex Logistics', 'globex.example', 'enterprise', 480_000, 45, 'logistics', [
    'Mira Chen',
    'Tom Adeyemi',
  ]),
  organization('Initech Bank', 'initech.example', 'enterprise', 950_000, 81, 'finance', ['Ravi Menon', 'Sofia Klein']),
  organization('Umbrella Health', 'umbrella.example', 'premium', 88_000, 63, 'health', ['Nora Quinn', 'Luis Ortega']),
  organization('Stark Retail', 'stark.example', 'premium', 64_000, 58, 'retail', ['Amy Doyle', 'Yusuf Demir']),
  organization('Hooli Media', 'hooli.example', 'premium', 51_000, 90, 'media', ['Zoe Park', 'Ian Wright']),
  organization('Tyrell Schools', 'tyrell.example', 'standard', 9_600, 77, 'education', ['Olga Petrova', 'Mats Berg']),
  organization('Wonka Foods', 'wonka.example', 'standard', 12_400, 34, 'food', ['Carla Ruiz', 'Finn Walsh']),
]

function agent(name: string, groups: GroupName[], timeZone: [string, string], locale = 'en-US'): AgentSeed {
  const email = `${name.split(' ')[0]!.toLowerCase()}@northwind.example`
  return { name, email, role: 'agent', roleType: null, groups, locale, timeZone }
}

function organization(
  name: string,
  domain: string,
  customer_tier: OrganizationSeed['customer_tier'],
  arr: number,
  health_score: number,
  segment: string,
  people: string[],
): OrganizationSeed {
  const contacts = people.map((person): [string, string, string] => [
    person,
    `${person.split(' ')[0]!.toLowerCase()}@${domain}`,
    'en-US',
  ])
  return { name, domain, customer_tier, arr, health_score, segment, contacts }
}
