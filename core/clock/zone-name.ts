import { nearest } from '../nearest.ts'
import { RAILS_ZONES } from './rails-zones.ts'
import { isZone } from './zones.ts'

export type ZoneName = { ok: true; zone: string } | { ok: false; message: string }

/** The IANA zone meant by an IANA name or by one of Zendesk's names, in any case. */
export function readZoneName(given: string): ZoneName {
  const name = given.trim()
  const rails = RAILS_BY_LOWER_CASE.get(name.toLowerCase())
  if (rails !== undefined) return { ok: true, zone: rails }
  if (isZone(name) && !isAbbreviation(name)) return { ok: true, zone: spelling(name) }
  const meant = isAbbreviation(name) ? null : meantZone(name)
  const hint = meant === null ? 'write a name such as Europe/Berlin' : `did you mean "${meant}"?`
  return { ok: false, message: `No time zone is called "${name.slice(0, 80)}"; ${hint}` }
}

const RAILS_BY_LOWER_CASE = new Map(Object.entries(RAILS_ZONES).map(([name, zone]) => [name.toLowerCase(), zone]))

/** IST is Ireland, Israel and India, and what `Intl` takes BST for is Bangladesh: only the database's own are safe. */
function isAbbreviation(name: string): boolean {
  return /^[a-z]{3}$/i.test(name) && !['CET', 'EET', 'EST', 'GMT', 'HST', 'MET', 'MST', 'UTC', 'WET'].includes(name)
}

function spelling(name: string): string {
  return ianaNames().find((known) => known.toLowerCase() === name.toLowerCase()) ?? name
}

/** People get the city right more often than the continent: `Germany/Berlin`, `New York`. */
function meantZone(name: string): string | null {
  const city = cityOf(name)
  const sameCity = ianaNames().find((known) => cityOf(known) === city)
  if (sameCity) return sameCity
  const railsNames = Object.keys(RAILS_ZONES)
  const begun = name.length >= 4 && railsNames.find((known) => known.toLowerCase().startsWith(name.toLowerCase()))
  return begun || nearest(name, [...ianaNames(), ...railsNames])
}

function cityOf(zone: string): string {
  return zone
    .slice(zone.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}

let names: string[] | null = null

/** `Intl` lists one spelling of each zone, often the oldest (Asia/Calcutta); ours add the ones in use today. */
function ianaNames(): string[] {
  names ??= [...new Set([...Object.values(RAILS_ZONES), ...Intl.supportedValuesOf('timeZone')])]
  return names
}
