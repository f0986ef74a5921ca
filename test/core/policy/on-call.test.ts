import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { loadPolicy } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'
import { aLoadedPolicy, PLAIN } from './policies.ts'

const ON_CALL = `${PLAIN}  on_call:
    people:
      - { email: Ana@example.com, name: Ana Lind }
      - ben@example.com
    schedules:
      - id: platform
        zone: Europe/Berlin
        layers:
          - id: weeks
            participants: [ana@example.com, BEN@example.com]
            rotation: weekly
            starts: 2026-01-05
            hand_over: "08:30"
          - id: nights
            participants: [ben@example.com]
            rotation: 12h
            zone: Eastern Time (US & Canada)
            starts: 2026-01-05
            hours:
              - { days: fri, from: "22:00", to: "6:00" }
        overrides:
          - { from: 2026-12-24 18:00, to: 2026-12-25, person: ben@example.com }
          - { from: 2026-12-25T00:00:00+01:00, to: 2026-12-26T00:00:00Z, person: ana@example.com }
    steps:
      engineering:
        - { tell: platform, wait: 5m }
        - { tell: [platform, Ana@example.com] }
`

/** `line:column path message` of every problem. */
function problemsOf(yaml: string): string[] {
  const loaded = loadPolicy(yaml)
  return loaded.ok ? [] : loaded.problems.map((problem) => formatProblem('', problem).slice(1))
}

function warningsOf(yaml: string): string[] {
  const loaded = loadPolicy(yaml)
  if (!loaded.ok) throw new Error(problemsOf(yaml).join('\n'))
  return loaded.warnings.map((warning) => formatProblem('', warning).slice(1))
}

describe('the on-call part of a policy', () => {
  it('is empty when it is left out', () => {
    expect(aLoadedPolicy(PLAIN).onCall).toEqual({ people: [], schedules: [], steps: {} })
  })

  it('is read with every default, zone and local time settled', () => {
    expect(warningsOf(ON_CALL)).toEqual([])
    expect(aLoadedPolicy(ON_CALL).onCall).toEqual({
      people: [
        { email: 'ana@example.com', name: 'Ana Lind' },
        { email: 'ben@example.com', name: 'ben@example.com' },
      ],
      schedules: [
        {
          id: 'platform',
          name: 'platform',
          zone: 'Europe/Berlin',
          layers: [
            {
              id: 'weeks',
              zone: 'Europe/Berlin',
              participants: ['ana@example.com', 'ben@example.com'],
              rotation: { unit: 'days', length: 7 },
              startsAt: Date.UTC(2026, 0, 5, 8, 30),
              hours: [],
            },
            {
              id: 'nights',
              zone: 'America/New_York',
              participants: ['ben@example.com'],
              rotation: { unit: 'hours', length: 12 },
              startsAt: Date.UTC(2026, 0, 5, 9),
              hours: [{ days: ['fri'], from: 22 * 60, until: 30 * 60 }],
            },
          ],
          overrides: [
            {
              from: Date.parse('2026-12-24T17:00Z'),
              to: Date.parse('2026-12-24T23:00Z'),
              person: 'ben@example.com',
            },
            {
              from: Date.parse('2026-12-24T23:00Z'),
              to: Date.parse('2026-12-26T00:00Z'),
              person: 'ana@example.com',
            },
          ],
        },
      ],
      steps: {
        engineering: [
          { tell: [{ schedule: 'platform' }], wait: 5 },
          { tell: [{ schedule: 'platform' }, { person: 'ana@example.com' }], wait: 15 },
        ],
      },
    })
  })

  it('has its changes named', () => {
    const before = aLoadedPolicy(ON_CALL)
    const after = aLoadedPolicy(ON_CALL.replace('08:30', '09:00').replace('wait: 5m', 'wait: 10m'))
    expect(diffPolicies(before, after)).toEqual([
      'on-call schedules: platform changed',
      'on-call steps: engineering changed',
    ])
    expect(diffPolicies(aLoadedPolicy(PLAIN), before)).toEqual([
      'on-call people: ana@example.com added, ben@example.com added',
      'on-call schedules: platform added',
      'on-call steps: engineering added',
    ])
  })
})

describe('the on-call part is refused for', () => {
  const at = 'escalation.on_call'
  const layer = `${at}.schedules[0].layers[0]`
  it.each([
    [
      'a participant who is not among the people',
      ['[ana@example.com, BEN', '[anna@example.com, BEN'],
      [
        `15:28 ${layer}.participants[0] "anna@example.com" is not among the people of on_call; did you mean "ana@example.com"?`,
      ],
    ],
    [
      'an override for somebody unknown',
      ['to: 2026-12-25, person: ben', 'to: 2026-12-25, person: kim'],
      [`27:63 ${at}.schedules[0].overrides[0].person "kim@example.com" is not among the people of on_call`],
    ],
    [
      'a step that asks a schedule which is not there (C18)',
      ['tell: platform,', 'tell: platfrom,'],
      [`31:19 ${at}.steps.engineering[0].tell[0] There is no schedule "platfrom"; did you mean "platform"?`],
    ],
    [
      'a step that tells somebody unknown (C18)',
      ['[platform, Ana@', '[platform, Anna@'],
      [
        `32:30 ${at}.steps.engineering[1].tell[1] "anna@example.com" is not among the people of on_call; did you mean "ana@example.com"?`,
      ],
    ],
    [
      'steps of a queue that is not there',
      ['      engineering:\n', '      enginering:\n'],
      [`30:7 ${at}.steps.enginering There is no queue "enginering"; did you mean "engineering"?`],
    ],
    [
      'a step that tells nobody (C18)',
      ['tell: platform,', 'tell: [],'],
      [`31:19 ${at}.steps.engineering[0].tell Name at least one`],
    ],
    [
      'overrides that overlap',
      ['2026-12-25T00:00:00+01:00', '2026-12-25T00:00:00+02:00'],
      [`28:13 ${at}.schedules[0].overrides[1] Overlaps override 1; only one person can have the same hours`],
    ],
    [
      'an override that ends before it begins',
      ['from: 2026-12-24 18:00', 'from: 2026-12-26 18:00'],
      [`27:43 ${at}.schedules[0].overrides[0].to An override must end after it begins`],
    ],
    [
      'an override on a day that does not exist',
      ['to: 2026-12-25,', 'to: 2026-02-30,'],
      [
        `27:43 ${at}.schedules[0].overrides[0].to Write a local time such as 2026-12-24 18:00, or an instant such as 2026-12-24T17:00:00Z`,
      ],
    ],
    [
      'a layer of nobody',
      ['participants: [ana@example.com, BEN@example.com]', 'participants: []'],
      [`15:27 ${layer}.participants An empty layer covers nobody; name at least one person`],
    ],
    [
      'a rotation of zero hours',
      ['rotation: weekly', 'rotation: 0h'],
      [`16:23 ${layer}.rotation A rotation of zero hours never hands over; write at least 1h`],
    ],
    [
      'a rotation nobody knows',
      ['rotation: weekly', 'rotation: monthly'],
      [`16:23 ${layer}.rotation Write daily, weekly or a number of hours such as 12h`],
    ],
    [
      'a zone that does not exist',
      ['zone: Europe/Berlin', 'zone: Europe/Berln'],
      [`12:15 ${at}.schedules[0].zone No time zone is called "Europe/Berln"; did you mean "Europe/Berlin"?`],
    ],
    [
      'a bare offset as a zone',
      ['zone: Europe/Berlin', 'zone: "+01:00"'],
      [`12:15 ${at}.schedules[0].zone No time zone is called "+01:00"; write a name such as Europe/Berlin`],
    ],
    [
      'a start that is no date',
      ['starts: 2026-01-05\n            hand', 'starts: 2026-13-05\n            hand'],
      [`17:21 ${layer}.starts Write a date such as 2026-01-05`],
    ],
    [
      'a hand-over that is no time',
      ['"08:30"', '"8:70"'],
      [`18:24 ${layer}.hand_over Write a time in quotes, such as "09:00"`],
    ],
    [
      'hours of no length',
      ['to: "6:00"', 'to: "22:00"'],
      [`25:17 ${at}.schedules[0].layers[1].hours[0] "from" and "to" are the same; leave both out for the whole day`],
    ],
    [
      'hours on a day that does not exist',
      ['days: fri', 'days: fry'],
      [
        `25:25 ${at}.schedules[0].layers[1].hours[0].days[0] Must be one of sun, mon, tue, wed, thu, fri, sat, not "fry"; did you mean "fri"?`,
      ],
    ],
    [
      'a layer given twice',
      ['id: nights', 'id: weeks'],
      [`19:17 ${at}.schedules[0].layers[1].id The layer "weeks" is given twice`],
    ],
    [
      'a person given twice',
      ['- ben@example.com', '- ana@example.com\n      - ben@example.com'],
      [`9:9 ${at}.people[1] ana@example.com is given twice`],
    ],
    [
      'a misspelt key',
      ['hand_over', 'handover'],
      [`18:13 ${layer}.handover Unknown key "handover"; did you mean "hand_over"?`],
    ],
    ['an address that is none', ['- ben@example.com', '- ben'], [`9:9 ${at}.people[1].email Write an e-mail address`]],
  ])('%s', (_, [from, to], problems) => {
    expect(ON_CALL).toContain(from)
    expect(problemsOf(ON_CALL.replace(from!, to!))).toEqual(problems)
  })
})

describe('C18: hours without cover', () => {
  const covered = (hours: string) => `${PLAIN}  on_call:
    people: [ana@example.com, ben@example.com]
    schedules:
      - id: platform
        zone: Europe/Berlin
        layers:
${hours}`
  const berlin = (hours: string) =>
    `          - { id: b, participants: [ana@example.com], starts: 2026-01-05, hours: [${hours}] }\n`
  const newYork = (hours: string) =>
    `          - { id: n, participants: [ben@example.com], starts: 2026-01-05, zone: America/New_York, hours: [${hours}] }\n`
  const warned = (gap: string) => [
    `12:11 escalation.on_call.schedules[0].layers Hours without cover: nobody is on call from ${gap} (Europe/Berlin)`,
  ]

  it.each([
    ['weekends', berlin('{ days: [mon, tue, wed, thu, fri] }'), 'Sat 2026-01-10 00:00 to Mon 2026-01-12 00:00'],
    ['a lunch hour', berlin('{ to: "12:00" }, { from: "13:00" }'), 'Mon 2026-01-05 12:00 to Mon 2026-01-05 13:00'],
    [
      'the weeks in which only one of two zones has changed its clocks',
      berlin('{ from: "06:00", to: "18:00" }') + newYork('{ from: "12:00", to: "00:00" }'),
      'Mon 2026-03-09 05:00 to Mon 2026-03-09 06:00',
    ],
  ])('are a warning that names the first gap: %s', (_, hours, gap) => {
    expect(warningsOf(covered(hours))).toEqual(warned(gap))
  })

  it.each([
    ['one layer covers always', `          - { id: a, participants: [ana@example.com], starts: 2026-01-05 }\n`],
    ['hours join to a whole week', berlin('{ from: "08:00", to: "20:00" }, { from: "20:00", to: "08:00" }')],
    ['two zones overlap enough', berlin('{ from: "05:00", to: "19:00" }') + newYork('{ from: "12:00", to: "00:00" }')],
  ])('are not warned of when %s', (_, hours) => {
    expect(warningsOf(covered(hours))).toEqual([])
  })
})
