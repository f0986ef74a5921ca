/** What may bring more weight to an escalation than the policy alone gives it. */
export const PRESSURES = [
  'executive-tier',
  'approval',
  'leaders-told',
  'raised-by-hand',
  'asked-again',
  'jumped-queue',
] as const
export type Pressure = (typeof PRESSURES)[number]

/** Named points, as with urgency: anybody can add them up. The sum is held at 100. */
export const PRESSURE_POINTS: Readonly<Record<Pressure, { title: string; points: number; definition: string }>> = {
  'executive-tier': {
    title: 'Went to the executive tier',
    points: 30,
    definition: 'Some hand-over of it was to tier 4.',
  },
  approval: {
    title: 'Entered by an approval',
    points: 20,
    definition: 'A rule that needs somebody to approve fitted it, whatever became of the question.',
  },
  'leaders-told': {
    title: 'Directors or above were told',
    points: 15,
    definition: 'A notice of it was for a director, a VP or an executive, and was not suppressed.',
  },
  'raised-by-hand': {
    title: 'Severity raised by hand after the decision',
    points: 15,
    definition: 'Somebody, and no timer or policy, had it counted by a graver severity than it was asked for with.',
  },
  'asked-again': {
    title: 'The customer asked again',
    points: 5,
    definition:
      'For each public word of the customer that followed another without an answer between, up to three, before it ' +
      'was resolved.',
  },
  'jumped-queue': {
    title: 'Taken before older ones',
    points: 15,
    definition:
      'Accepted while at least one escalation of the same queue that was asked for earlier, and at least as grave, waited.',
  },
}

/** More than so many repeated questions add nothing. */
export const MOST_REPEATS = 3
const MOST = 100

export type PressurePoint = { id: Pressure; times: number; points: number }

export function pointOf(id: Pressure, times = 1): PressurePoint {
  return { id, times, points: PRESSURE_POINTS[id].points * times }
}

export function scoreOf(points: readonly PressurePoint[]): number {
  return Math.min(
    MOST,
    points.reduce((sum, { points: some }) => sum + some, 0),
  )
}
