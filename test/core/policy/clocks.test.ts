import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { loadPolicy } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'
import { aLoadedPolicy, aPolicy, PLAIN } from './policies.ts'
import { TEMPLATE } from './template.ts'

const CLOCKS = `escalation:
  customer_tiers: { enterprise: {}, premium: {} }
  tiers:
    - { level: 1, name: Front line, team: Support, sla: { first_response: 4h, resolution_target: 24h } }
    - { level: 2, name: Specialists, team: Specialists, schedule: office, sla: { first_response: 2h, resolution_target: 8h } }
    - level: 3
      name: Engineering
      team: Engineering
      sla:
        first_response: 1h
        acknowledge: 15m
        investigate: 2h
        fix: 1d
        fix_to_customer: 4h
        variants:
          - { severity: P1, fix: 8h }
  schedules:
    - id: berlin
      name: Berlin office
      timezone: Europe/Berlin
      weekly: { mon: [["09:00", "12:00"], ["13:00", "17:00"]], tue: [["09:00", "17:00"]], fri: [["20:00", "08:00"]] }
      holidays: [{ date: 2026-12-24, name: Christmas Eve }]
    - { id: office, zendesk: default }
    - { id: nights, name: Night shift, zendesk: Nights }
  clocks:
    schedule: berlin
    warn_at: [90, 50, 90]
    around_the_clock: [P0]
    customer:
      target: 1d
      variants: [{ severity: P1, customer_tier: enterprise, target: 8h }]
      schedule: nights
      paused_in: [pending, hold]
    resolution: { paused_in: [], warn_at: 80, counts: calendar }
  auto_escalation: { at: [warning, breach], clocks: [first_response, resolution] }
  timers:
    - { id: waiting, title: Nobody has accepted it for two hours, of: queue, after: 2h, every: 4h, severity: [P1, P2] }
    - { id: old, title: It is three days old, of: age, after: 3d, then: escalate, counts: calendar, tier: 2, queue: specialists, customer_tier: enterprise }
  notices: { hours: berlin }
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

/** The policy above with a piece replaced, which must be there. */
function changed(from: string, to: string): string {
  expect(CLOCKS).toContain(from)
  return CLOCKS.replace(from, to)
}

describe('what a policy says about time', () => {
  const policy = aLoadedPolicy(CLOCKS)

  it('is read without a warning', () => {
    expect(warningsOf(CLOCKS)).toEqual([])
  })

  it('has schedules of its own and of Zendesk', () => {
    expect(policy.schedules).toMatchObject([
      { id: 'berlin', name: 'Berlin office', from: 'policy', schedule: { id: 'berlin', timezone: 'Europe/Berlin' } },
      { id: 'office', name: 'office', from: 'zendesk', zendeskName: null },
      { id: 'nights', name: 'Night shift', from: 'zendesk', zendeskName: 'Nights' },
    ])
  })

  it('gives tiers that name no schedule the one of clocks', () => {
    expect(policy.tiers.map(({ schedule }) => schedule)).toEqual(['berlin', 'office', 'berlin'])
  })

  it('gives a tier targets for engineering, and variants of them', () => {
    const { engineering, variants } = policy.tiers[2]!
    expect(engineering).toEqual({ acknowledge: 15, investigate: 120, fix: 1440, 'fix-to-customer': 240 })
    expect(variants[0]!.engineering).toEqual({
      acknowledge: null,
      investigate: null,
      fix: 480,
      'fix-to-customer': null,
    })
  })

  it('says how each clock counts; warnings stand in order, each once', () => {
    const { kinds } = policy.clocks
    expect(kinds.customer).toEqual({
      pausedIn: ['pending', 'hold'],
      warnAt: [50, 90],
      counts: 'business',
      schedule: 'nights',
    })
    expect(kinds.resolution).toEqual({ pausedIn: [], warnAt: [80], counts: 'calendar', schedule: null })
    expect(kinds.investigate).toEqual({ pausedIn: ['pending'], warnAt: [50, 90], counts: 'business', schedule: null })
  })

  it('says what the customer was promised', () => {
    expect(policy.clocks.customer).toEqual({
      target: 1440,
      variants: [{ severities: ['P1'], customerTiers: ['enterprise'], target: 480 }],
      schedule: 'nights',
    })
  })

  it('says what happens by itself, and when people are told', () => {
    expect(policy.autoEscalation).toEqual({ at: ['warning', 'breach'], clocks: ['first-response', 'resolution'] })
    expect(policy.timers).toMatchObject([
      {
        id: 'waiting',
        of: 'queue',
        after: 120,
        every: 240,
        counts: 'business',
        severities: ['P1', 'P2'],
      },
      {
        id: 'old',
        of: 'age',
        after: 4320,
        every: null,
        counts: 'calendar',
        tiers: [2],
        queues: ['specialists'],
      },
    ])
    expect(policy.timers.map(({ then }) => then)).toEqual(['remind', 'escalate'])
    expect(policy.notices).toEqual({ hours: 'berlin', aroundTheClock: ['P0'] })
  })
})

describe('what a policy means that says nothing about time', () => {
  const policy = aLoadedPolicy(TEMPLATE)

  it('is: every hour counts, warnings at 75 %, nothing rests but in pending', () => {
    expect(policy.schedules).toEqual([])
    expect(policy.tiers.map(({ schedule }) => schedule)).toEqual([null, null, null])
    const { kinds, aroundTheClock } = policy.clocks
    expect(aroundTheClock).toEqual([])
    expect(Object.entries(kinds).map(([name, { pausedIn }]) => [name, pausedIn])).toEqual([
      ['customer', ['pending']],
      ['first-response', []],
      ['resolution', ['pending']],
      ['acknowledge', []],
      ['investigate', ['pending']],
      ['fix', []],
      ['fix-to-customer', []],
    ])
    for (const rules of Object.values(kinds))
      expect(rules).toMatchObject({ warnAt: [75], counts: 'business', schedule: null })
  })

  it('is: the customer was promised what the lowest tier resolves in', () => {
    expect(policy.clocks.customer).toEqual({ target: 1440, variants: [], schedule: null })
    const varied = TEMPLATE.replace(
      'resolution_target: 24h',
      'resolution_target: 24h\n        variants: [{ severity: P0, resolution_target: 2h }, { severity: P1, first_response: 1h }]',
    )
    expect(aLoadedPolicy(varied).clocks.customer.variants).toEqual([
      { severities: ['P0'], customerTiers: [], target: 120 },
    ])
  })

  it('is: a breached resolution goes to the next tier, when the policy heeds targets at all', () => {
    expect(policy.autoEscalation).toEqual({ at: ['breach'], clocks: ['resolution'] })
    expect(aPolicy('  trigger_model: [manual, severity]\n').autoEscalation).toEqual({ at: [], clocks: [] })
  })

  it('is: no timers, and notices at any hour', () => {
    expect(policy.timers).toEqual([])
    expect(policy.notices).toEqual({ hours: null, aroundTheClock: [] })
  })
})

describe('what is said about time is refused for', () => {
  const at = 'escalation.clocks'
  it.each([
    [
      'a tier by a schedule that is not there',
      ['schedule: office, sla', 'schedule: ofice, sla'],
      ['5:67 escalation.tiers[1].schedule There is no schedule "ofice" under schedules; did you mean "office"?'],
    ],
    [
      'clocks by a schedule that is not there',
      ['    schedule: berlin', '    schedule: berln'],
      [`26:15 ${at}.schedule There is no schedule "berln" under schedules; did you mean "berlin"?`],
    ],
    [
      'a clock by a schedule that is not there',
      ['schedule: nights', 'schedule: day'],
      [`32:17 ${at}.customer.schedule There is no schedule "day" under schedules`],
    ],
    [
      'notices in a schedule that is not there',
      ['notices: { hours: berlin', 'notices: { hours: berlin2'],
      ['39:21 escalation.notices.hours There is no schedule "berlin2" under schedules; did you mean "berlin"?'],
    ],
    [
      'a week that never opens',
      [/weekly: .*/.exec(CLOCKS)![0], 'weekly: { mon: [] }'],
      [
        '21:15 escalation.schedules[0].weekly This week never opens, so no deadline would ever come; give at least one day its hours',
      ],
    ],
    [
      'a zone that does not exist',
      ['timezone: Europe/Berlin', 'timezone: Germany/Berlin'],
      ['20:17 escalation.schedules[0].timezone No time zone is called "Germany/Berlin"; did you mean "Europe/Berlin"?'],
    ],
    [
      'a day that does not exist',
      ['tue: [[', 'thue: [['],
      ['21:64 escalation.schedules[0].weekly.thue Unknown key "thue"; did you mean "thu"?'],
    ],
    [
      'an hour that does not exist',
      ['"09:00", "12:00"', '"09:00", "25:00"'],
      ['21:33 escalation.schedules[0].weekly.mon[0][1] Write the hour it closes as HH:MM, 00:00 to 24:00'],
    ],
    [
      'a holiday that does not exist',
      ['2026-12-24', '2026-02-30'],
      ['22:26 escalation.schedules[0].holidays[0].date Write a real date as YYYY-MM-DD'],
    ],
    [
      'hours that Zendesk has',
      ['{ id: office, zendesk: default }', '{ id: office, zendesk: default, timezone: UTC }'],
      [
        '23:39 escalation.schedules[1].timezone Zendesk\'s schedule has its own timezone; keep "zendesk" or what is written here',
      ],
    ],
    [
      'a schedule without hours',
      ['{ id: office, zendesk: default }', '{ id: office }'],
      [
        '23:7 escalation.schedules[1] Write its "timezone" and "weekly" hours, or name a schedule of Zendesk under "zendesk"',
      ],
    ],
    [
      'a schedule given twice',
      ['{ id: nights', '{ id: berlin, zendesk: default }\n    - { id: nights'],
      ['24:13 escalation.schedules[2].id The schedule "berlin" is given twice'],
    ],
    [
      'a misspelt key of a schedule',
      ['      timezone:', '      timzone:'],
      ['20:7 escalation.schedules[0].timzone Unknown key "timzone"; did you mean "timezone"?'],
    ],
    [
      'a misspelt clock',
      ['    resolution: { paused_in', '    resolutoin: { paused_in'],
      [`34:5 ${at}.resolutoin Unknown key "resolutoin"; did you mean "resolution"?`],
    ],
    [
      'a warning at 100 %',
      ['[90, 50, 90]', '[90, 100]'],
      [`27:19 ${at}.warn_at[1] Write a whole percentage from 1 to 99; the breach itself is always told`],
    ],
    [
      'a warning at nothing',
      ['warn_at: 80', 'warn_at: 0'],
      [`34:43 ${at}.resolution.warn_at[0] Write a whole percentage from 1 to 99; the breach itself is always told`],
    ],
    [
      'a status that does not exist',
      ['[pending, hold]', '[pending, on-hold]'],
      [`33:28 ${at}.customer.paused_in[1] Must be one of new, open, pending, hold, solved, closed, not "on-hold"`],
    ],
    [
      'a rest in solved',
      ['[pending, hold]', '[pending, solved]'],
      [`33:28 ${at}.customer.paused_in[1] A solved ticket has stopped its clocks; they cannot rest in it`],
    ],
    [
      'a rest in every status',
      ['[pending, hold]', '[new, open, pending, hold]'],
      [`33:18 ${at}.customer.paused_in It rests in every status, so it would never count`],
    ],
    [
      'calendar time by a schedule',
      ['counts: calendar }', 'counts: calendar, schedule: berlin }'],
      [`34:75 ${at}.resolution.schedule In calendar time every hour counts; leave out "schedule" or "counts"`],
    ],
    [
      'a severity that does not exist',
      ['around_the_clock: [P0]', 'around_the_clock: [P4]'],
      [`28:24 ${at}.around_the_clock[0] Must be one of P0, P1, P2, P3, not "P4"; did you mean "P0"?`],
    ],
    [
      'a promise to a customer tier that is not there',
      ['customer_tier: enterprise, target', 'customer_tier: entreprise, target'],
      [
        `31:49 ${at}.customer.variants[0].customer_tier There is no customer tier "entreprise"; did you mean "enterprise"?`,
      ],
    ],
    [
      'a promise to nobody in particular',
      ['severity: P1, customer_tier: enterprise, target', 'target'],
      [`31:18 ${at}.customer.variants[0] A variant needs "severity" or "customer_tier"`],
    ],
    [
      'automatic escalation by a clock that does not exist',
      ['[first_response, resolution]', '[first_response, fixed]'],
      [
        '35:70 escalation.auto_escalation.clocks[1] Must be one of customer, first_response, resolution, acknowledge, investigate, fix, fix_to_customer, not "fixed"',
      ],
    ],
    [
      'a timer without an end',
      ['of: queue, after: 2h, every', 'of: queue, every'],
      ['37:7 escalation.timers[0].after "after" is missing'],
    ],
    [
      'a timer of something nobody measures',
      ['of: queue', 'of: quiet'],
      ['37:71 escalation.timers[0].of Must be one of queue, stage, age, silence, progress, escalation, not "quiet"'],
    ],
    [
      'a timer that comes every minute',
      ['every: 4h', 'every: 1m'],
      ['37:96 escalation.timers[0].every It may come again after 5 minutes at the earliest'],
    ],
    [
      'a timer given twice',
      ['id: old', 'id: waiting'],
      ['38:13 escalation.timers[1].id The timer "waiting" is given twice'],
    ],
    [
      'a timer for a tier that is not there',
      ['tier: 2, queue', 'tier: 4, queue'],
      ['38:107 escalation.timers[1].tier[0] There is no tier 4; there are 1, 2, 3'],
    ],
    [
      'a timer for a queue that is not there',
      ['queue: specialists', 'queue: specialist'],
      ['38:117 escalation.timers[1].queue[0] There is no queue "specialist"; did you mean "specialists"?'],
    ],
    [
      'a timer that escalates from the highest tier',
      ['tier: 2, queue: specialists', 'tier: 3'],
      ['38:107 escalation.timers[1].tier Tier 3 is the highest; there is nowhere to escalate to'],
    ],
  ])('%s', (_, [from, to], problems) => {
    expect(problemsOf(changed(from!, to!))).toEqual(problems)
  })

  it('more schedules than anybody has', () => {
    const many = Array.from({ length: 51 }, (_, index) => `    - { id: s${index}, zendesk: default }\n`).join('')
    expect(problemsOf(`${PLAIN}  schedules:\n${many}`)).toEqual(['7:5 escalation.schedules At most 50 schedules'])
  })
})

describe('a policy is warned of', () => {
  it.each([
    [
      'a schedule that nobody uses',
      ['    schedule: berlin', '    schedule: office'],
      ['hours: berlin', 'hours: office'],
      ['18:7 escalation.schedules[0] Nothing counts by the schedule "berlin"'],
    ],
    [
      'a target that lasts longer than a week is open',
      ['fix: 1d', 'fix: 2d'],
      ['', ''],
      [
        '13:14 escalation.tiers[2].sla.fix 2d is 48 hours of open time, and "berlin" opens 27 hours a week: it lasts longer than a week. A day is 24 hours here',
      ],
    ],
    [
      'a warning that leaves no time',
      ['acknowledge: 15m', 'acknowledge: 5m'],
      ['', ''],
      ['11:22 escalation.tiers[2].sla.acknowledge A warning at 90 % of 5m comes 30 seconds before the breach'],
    ],
    [
      'rules for a clock without a target',
      ['        fix_to_customer: 4h\n', ''],
      ['warn_at: [90, 50, 90]', 'fix_to_customer: { warn_at: [50] }'],
      [`26:22 escalation.clocks.fix_to_customer Not used: no tier has a target for it`],
    ],
    [
      'automatic escalation by a clock that runs in the highest tier alone',
      ['clocks: [first_response, resolution]', 'clocks: [resolution, fix]'],
      ['', ''],
      ['35:66 escalation.auto_escalation.clocks[1] No tier between the lowest and the highest has a target for fix'],
    ],
  ])('%s', (_, [from, to], [more, instead], warnings) => {
    expect(warningsOf(changed(from!, to!).replace(more!, instead!))).toEqual(warnings)
  })
})

describe('a policy is warned of a timer that', () => {
  const timer = (entry: string) => `${PLAIN}  timers:\n    - { id: t, title: T, after: 1h, ${entry} }\n`
  const overrides = '  severity_overrides: [{ severity: P0, route_to: 3 }, { severity: P1, route_to: 3 }]\n'
  it.each([
    [
      'waits in the lowest tier',
      timer('of: queue, tier: 1'),
      'It never comes: nothing is handed over to tier 1, the lowest',
    ],
    [
      'waits in a queue of the lowest tier',
      timer('of: queue, queue: support'),
      'It never comes: nothing is handed over to tier 1, the lowest',
    ],
    [
      'names a queue of another tier',
      timer('of: queue, tier: 2, queue: engineering'),
      'It never comes: none of its queues is in tier 2',
    ],
    [
      'names a severity that passes its tier by',
      `${timer('of: queue, tier: 2, severity: [P0, P1]')}${overrides}`,
      'It never comes: P0 goes to tier 3, P1 goes to tier 3',
    ],
    [
      'escalates from queues of the highest tier',
      timer('of: queue, then: escalate, queue: engineering'),
      'It fits the highest tier alone, where there is nowhere to escalate to',
    ],
  ])('%s', (_, yaml, message) => {
    const line = yaml.split('\n').findIndex((text) => text.includes('id: t,')) + 1
    expect(warningsOf(yaml)).toEqual([`${line}:7 escalation.timers[0] ${message}`])
  })

  it.each([
    ['waits in a tier between', 'of: queue, tier: 2, severity: P2'],
    ['escalates by age from any tier', 'of: age, then: escalate'],
    ['waits anywhere', 'of: silence'],
  ])('nothing is wrong with: one that %s', (_, entry) => {
    expect(warningsOf(`${timer(entry)}${overrides}`)).toEqual([])
  })
})

describe('a policy is warned of the night', () => {
  it('in which clocks run and nobody is told', () => {
    expect(warningsOf(changed('{ hours: berlin }', '{ hours: berlin, around_the_clock: [] }'))).toEqual([
      '28:24 escalation.clocks.around_the_clock[0] The clocks of P0 count every hour, but nobody is told outside "berlin"',
    ])
  })

  it('in which no step reaches anybody, though each schedule was meant to make up for the other', () => {
    const schedule = (id: string, hours: string) =>
      `      - { id: ${id}, zone: Europe/Berlin, layers: [{ id: l, participants: [ana@example.com], starts: 2026-01-05, hours: [${hours}] }] }\n`
    const steps = (until: string) => `${PLAIN}  on_call:
    people: [ana@example.com]
    schedules:
${schedule('days', '{ from: "08:00", to: "20:00" }')}${schedule('nights', `{ from: "20:00", to: "${until}" }`)}    steps:
      engineering: [{ tell: days }, { tell: nights }]
`
    const ofSteps = (yaml: string) => warningsOf(yaml).filter((warning) => warning.includes('on_call.steps'))
    expect(ofSteps(steps('08:00'))).toEqual([])
    expect(ofSteps(steps('07:00'))).toEqual([
      '12:20 escalation.on_call.steps.engineering Hours without cover: no step reaches anybody from Tue 2026-01-06 07:00 to Tue 2026-01-06 08:00 (Europe/Berlin)',
    ])
  })
})

describe('whatever stands where something about time was', () => {
  it('is answered, with a place', () => {
    const lines = CLOCKS.split('\n')
    const value = fc.constantFrom(
      '[]',
      '{}',
      'null',
      '""',
      '-1',
      '1e9',
      'true',
      '[[1]]',
      '{a: {b: 1}}',
      '*x',
      '"25:00"',
    )
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(8), value, (index, nth, replacement) => {
        let seen = 0
        const line = lines[index]!.replaceAll(/(?<=: )("[^"]*"|\w+)/g, (found) =>
          seen++ === nth ? replacement : found,
        )
        const loaded = loadPolicy(lines.with(index, line).join('\n'))
        for (const problem of loaded.ok ? loaded.warnings : loaded.problems) {
          expect(problem.line).toBeGreaterThanOrEqual(1)
          expect(problem.line).toBeLessThanOrEqual(lines.length)
          expect(problem.message).not.toBe('')
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a change of what is said about time', () => {
  it.each([
    ['hours of a schedule', ['"13:00", "17:00"', '"13:00", "18:00"'], ['schedules: berlin changed']],
    ['a schedule of Zendesk', ['zendesk: Nights', 'zendesk: Night'], ['schedules: nights changed']],
    ['a pause', ['paused_in: []', 'paused_in: [hold]'], ['resolution clock, rests in: none → hold']],
    ['warnings', ['warn_at: 80', 'warn_at: [50, 80]'], ['resolution clock, warns at %: 80 → 50, 80']],
    ['how a clock counts', [', counts: calendar }', ' }'], ['resolution clock, counts: calendar time → business time']],
    ['a schedule of a clock', ['schedule: nights', 'schedule: office'], ['customer clock, schedule: nights → office']],
    ['the promise', ['target: 1d', 'target: 2d'], ['customer clock, target: 1d → 2d']],
    [
      'a variant of the promise',
      ['enterprise, target: 8h', 'enterprise, target: 9h'],
      ['customer clock, variants: changed'],
    ],
    [
      'the night',
      ['[P0]', '[P0, P1]'],
      [
        'around the clock: P0 → P0, P1',
        'notices: in the hours of berlin, P0 at any hour → in the hours of berlin, P0 and P1 at any hour',
      ],
    ],
    [
      'what goes up by itself',
      ['[warning, breach]', '[]'],
      ['escalates by itself: at warning or breach of first-response, resolution → never'],
    ],
    ['a timer', ['every: 4h', 'every: 5h'], ['timers: waiting changed']],
    [
      'notices',
      ['  notices: { hours: berlin }\n', ''],
      ['notices: in the hours of berlin, P0 at any hour → at any hour'],
    ],
    ['a target of engineering', ['fix: 1d', 'fix: 2d'], ['tiers: L3 changed']],
  ])('is named: %s', (_, [from, to], told) => {
    expect(diffPolicies(aLoadedPolicy(CLOCKS, 'a'), aLoadedPolicy(changed(from!, to!), 'b'))).toEqual(told)
  })
})
