import type { Random } from '../../support/random.ts'

const SLOTS: Record<string, (random: Random) => string> = {
  n: (random) => String(random.between(2, 60)),
  users: (random) => String(random.between(3, 95) * 5),
  pct: (random) => String(random.between(5, 60)),
  clock: (random) => `${random.between(7, 17)}:${random.pick(['05', '10', '20', '25', '40', '50'])}`,
  id: (random) => String(random.between(10_000, 99_999)),
  version: (random) => `${random.between(7, 9)}.${random.between(0, 14)}.${random.between(0, 5)}`,
  region: (random) => random.pick(['EU', 'US East', 'US West', 'Asia Pacific']),
  browser: (random) => random.pick(['Chrome', 'Edge', 'Firefox', 'Safari']),
  idp: (random) => random.pick(['Okta', 'Entra ID', 'Ping', 'OneLogin', 'Google Workspace']),
  day: (random) => random.pick(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'last night', 'this morning']),
  month: (random) => random.pick(['January', 'March', 'May', 'June', 'September', 'November']),
  crm: (random) => random.pick(['Salesforce', 'HubSpot', 'Dynamics', 'our own CRM']),
  rows: (random) => `${random.between(2, 90)},000`,
}

/** One of several ways to say it, with what stands in braces filled in. */
export function say(ways: readonly string[], random: Random): string {
  return random.pick(ways).replace(/\{(\w+)\}/g, (whole, slot: string) => SLOTS[slot]?.(random) ?? whole)
}

/** Several of them, each another. */
export function sayEach(ways: readonly string[], count: number, random: Random): string[] {
  return random
    .shuffle(ways)
    .slice(0, count)
    .map((way) => say([way], random))
}
