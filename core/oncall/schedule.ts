import type { Weekday } from '../clock/schedule-input.ts'
import type { Instant, Minutes } from '../units.ts'

/** A person's e-mail address, in lower case. */
export type Email = string

/** A time on a wall's clock and calendar, in milliseconds as if that wall stood in UTC. */
export type WallTime = number

/**
 * When a layer passes from one person to the next. Days are local: a hand-over at 09:00 stays at 09:00 when the clock
 * changes, so that turn lasts an hour more or less. Hours are elapsed time: every turn lasts the same, and its
 * hand-over moves on the wall's clock when that changes.
 */
export type Rotation = { unit: 'days' | 'hours'; length: number }

/**
 * Hours of some weekdays in which a layer covers. Minutes count from midnight of the day they begin on, by the wall's
 * clock; `until` is beyond 1440 when they end on the next day.
 */
export type Hours = { days: readonly Weekday[]; from: Minutes; until: Minutes }

/** People who take turns. A layer covers from its start on; with `hours`, only within them. */
export type Layer = {
  id: string
  /** IANA name of the zone that the start, the hand-overs and the hours are meant in. */
  zone: string
  /** In the order of their turns; somebody named twice has two turns. */
  participants: readonly Email[]
  rotation: Rotation
  /** Where the first participant's first turn begins. */
  startsAt: WallTime
  /** Empty: always. */
  hours: readonly Hours[]
}

/** `person` is on call in the half-open span [from, to), whatever the layers say. */
export type Override = { from: Instant; to: Instant; person: Email }

/** Who is on call when. Each layer lies over those before it and wins where it covers; overrides lie over them all. */
export type Schedule = {
  id: string
  name: string
  /** For people who read it; layers have their own. */
  zone: string
  layers: readonly Layer[]
  /** Of two that overlap the later in the list wins; policies refuse such a pair. */
  overrides: readonly Override[]
}

/** What puts somebody on call: a layer, by its id, or the override at that place in the list. */
export type Source = { layer: string } | { override: number }
