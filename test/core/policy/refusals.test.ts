import { describe, expect, it } from 'vitest'
import { loadPolicy, type PolicyProblem } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'
import { PLAIN } from './policies.ts'
import { TEMPLATE } from './template.ts'

/** `line:column path message (meant)` of every problem. */
function problemsOf(yaml: string): string[] {
  const loaded = loadPolicy(yaml)
  return loaded.ok ? [] : loaded.problems.map((problem) => formatProblem('', problem).slice(1))
}

function firstProblem(yaml: string): PolicyProblem {
  const loaded = loadPolicy(yaml)
  if (loaded.ok) throw new Error('It was taken')
  return loaded.problems[0]!
}

const QUEUES = `  queues:
    - { id: one, name: One, tier: 1, group: Support }
    - { id: two, name: Two, tier: 2, group: Specialists }
    - { id: three, name: Three, tier: 3, group: Engineering }
`

describe('a policy is refused for', () => {
  it.each([
    [
      'a misspelt key, and says which was meant',
      TEMPLATE.replace('      team: support-specialists', '      taem: support-specialists'),
      ['23:7 escalation.tiers[1].taem Unknown key "taem"; did you mean "team"?'],
    ],
    [
      'a misspelt required key, once',
      TEMPLATE.replace('      name: "Specialist Support"', '      nmae: "Specialist Support"'),
      ['22:7 escalation.tiers[1].nmae Unknown key "nmae"; did you mean "name"?'],
    ],
    ['a key nothing is near to', `${PLAIN}  wibble: 1\n`, ['6:3 escalation.wibble Unknown key "wibble"']],
    [
      'a key given twice',
      TEMPLATE.replace('      name: "Specialist Support"', '      name: "Specialist Support"\n      name: Again'),
      ['23:7 escalation.tiers[1].name The key "name" is given twice'],
    ],
    [
      'a circle of tiers',
      PLAIN.replace('level: 3,', 'level: 3, escalates_to: 1,'),
      ['5:33 escalation.tiers[2].escalates_to The tiers go round in a circle: 3 → 1 → 2 → 3'],
    ],
    [
      'a tier that escalates to itself',
      PLAIN.replace('level: 2,', 'level: 2, escalates_to: 2,'),
      ['4:33 escalation.tiers[1].escalates_to The tiers go round in a circle: 2 → 2'],
    ],
    [
      'a tier that escalates down',
      PLAIN.replace('level: 3,', 'level: 3, escalates_to: 2,').replace('level: 2,', 'level: 2, escalates_to: 4,') +
        '    - { level: 4, name: Executive, team: Executives }\n',
      ['5:33 escalation.tiers[2].escalates_to Tier 3 escalates down to 2; escalation goes up'],
    ],
    [
      'a step to a tier that is not there',
      PLAIN.replace('level: 2,', 'level: 2, escalates_to: 4,'),
      ['4:33 escalation.tiers[1].escalates_to There is no tier 4; there are 1, 2, 3'],
    ],
    [
      'a tier given twice',
      PLAIN.replace('level: 2', 'level: 1'),
      ['4:16 escalation.tiers[1].level Tier 1 is given twice'],
    ],
    ['a tier beyond four', PLAIN.replace('level: 3', 'level: 5'), ['5:16 escalation.tiers[2].level Tiers are 1 to 4']],
    [
      'a tier with no queue and no team',
      PLAIN.replace(' team: Specialists,', ''),
      ['4:7 escalation.tiers[1] Tier 2 has no queue: add one under queues, or name its team'],
    ],
    [
      'a queue without a group',
      `${PLAIN}${QUEUES}`.replace(', group: Specialists', ''),
      ['8:7 escalation.queues[1].group "group" is missing'],
    ],
    [
      'a queue whose group is empty',
      `${PLAIN}${QUEUES}`.replace('group: Specialists', 'group: '),
      ['8:38 escalation.queues[1].group Has no value'],
    ],
    [
      'a queue in a tier that is not there',
      `${PLAIN}${QUEUES}`.replace('name: Two, tier: 2', 'name: Two, tier: 4'),
      ['8:35 escalation.queues[1].tier There is no tier 4; there are 1, 2, 3'],
    ],
    [
      'a queue given twice',
      `${PLAIN}${QUEUES}`.replace('id: two', 'id: one'),
      ['8:13 escalation.queues[1].id The queue "one" is given twice'],
    ],
    [
      'two default queues in a tier',
      `${PLAIN}  queues:
    - { id: a, name: A, tier: 2, group: A, default: true }
    - { id: b, name: B, tier: 2, group: B, default: true }
`,
      ['8:53 escalation.queues[1].default Tier 2 has a default queue already: "a"'],
    ],
    [
      'a group in two tiers',
      `${PLAIN}${QUEUES}`.replace('group: Engineering', 'group: Specialists'),
      [
        '9:49 escalation.queues[2].group The group "Specialists" belongs to tier 2 already; a ticket\'s tier is told by its group',
      ],
    ],
    [
      'a component whose queue is not there',
      `${PLAIN}${QUEUES}  components: [{ id: sso, name: SSO, queue: tow }]\n`,
      ['10:45 escalation.components[0].queue There is no queue "tow"; did you mean "two"?'],
    ],
    [
      'a component given twice',
      `${PLAIN}  components:\n    - { id: sso, name: SSO }\n    - { id: sso, name: Again }\n`,
      ['8:13 escalation.components[1].id The component "sso" is given twice'],
    ],
    [
      'a queue that looks after a component that is not there',
      `${PLAIN}${QUEUES}  components: [{ id: search, name: Search }]\n`.replace(
        'group: Support',
        'group: Support, components: [serach]',
      ),
      ['7:67 escalation.queues[0].components[0] There is no component "serach"; did you mean "search"?'],
    ],
    [
      'a component with two queues in one tier',
      `${PLAIN}  queues:
    - { id: a, name: A, tier: 2, group: A, default: true, components: [sso] }
    - { id: b, name: B, tier: 2, group: B, components: [sso] }
  components: [{ id: sso, name: SSO }]
`,
      ['8:57 escalation.queues[1].components[0] The component "sso" belongs to the queue "a" in tier 2 already'],
    ],
    [
      'a severity that is sent to a tier that is not there',
      `${PLAIN}  severity_overrides:\n    - { severity: P0, route_to: 4 }\n`,
      ['7:33 escalation.severity_overrides[0].route_to There is no tier 4; there are 1, 2, 3'],
    ],
    [
      'a severity that does not exist',
      `${PLAIN}  severity_overrides:\n    - { severity: P7, route_to: 3 }\n`,
      ['7:19 escalation.severity_overrides[0].severity Must be one of P0, P1, P2, P3, not "P7"; did you mean "P0"?'],
    ],
    [
      'a severity given twice',
      `${PLAIN}  severity_overrides:\n    - { severity: P0, route_to: 3 }\n    - { severity: P0, route_to: 2 }\n`,
      ['8:19 escalation.severity_overrides[1].severity P0 is given twice'],
    ],
    [
      'a category whose queue is not there',
      `${PLAIN}  categories:\n    - bug\n    - { id: security, queue: secops }\n`,
      ['8:30 escalation.categories[1].queue There is no queue "secops"'],
    ],
    [
      'a category given twice',
      `${PLAIN}  categories: [bug, bug]\n`,
      ['6:21 escalation.categories[1].id The category "bug" is given twice'],
    ],
    [
      'a customer tier that goes to a tier that is not there',
      `${PLAIN}  customer_tiers:\n    enterprise: { at_least_tier: 4 }\n`,
      ['7:34 escalation.customer_tiers.enterprise.at_least_tier There is no tier 4; there are 1, 2, 3'],
    ],
    [
      'two customer tiers by one name',
      `${PLAIN}  customer_tiers:\n    gold: { aliases: [Top] }\n    platinum: { aliases: [top] }\n`,
      ['8:15 escalation.customer_tiers.platinum "top" means the customer tier "gold" already'],
    ],
    [
      'a target that is no span',
      PLAIN.replace('first_response: 2h', 'first_response: soon'),
      ['4:80 escalation.tiers[1].sla.first_response Write a span such as 30m, 4h, 1d or 1h 30m'],
    ],
    [
      'a target without a unit',
      PLAIN.replace('first_response: 2h', 'first_response: 2'),
      ['4:80 escalation.tiers[1].sla.first_response Write a span such as 30m, 4h, 1d or 1h 30m'],
    ],
    [
      'a variant for a customer tier that is not there',
      PLAIN.replace('resolution_target: 8h', 'variants: [{ customer_tier: gold, first_response: 1h }]'),
      ['4:112 escalation.tiers[1].sla.variants[0].customer_tier There is no customer tier "gold"'],
    ],
    [
      'a variant for nobody',
      PLAIN.replace('resolution_target: 8h', 'variants: [{ first_response: 1h }]'),
      ['4:95 escalation.tiers[1].sla.variants[0] A variant needs "severity" or "customer_tier"'],
    ],
    [
      'weights that do not add up to 100',
      `${PLAIN}  note:\n    weights: { issue.summary: 50, steps_taken: 49 }\n`,
      ['7:14 escalation.note.weights The weights add up to 99; they must add up to 100'],
    ],
    [
      'a weight for a field the note does not have',
      `${PLAIN}  note:\n    weights: { issue.sumary: 100 }\n`,
      ['7:16 escalation.note.weights.issue.sumary The note has no field "issue.sumary"; did you mean "issue.summary"?'],
    ],
    ['a bar above 100', `${PLAIN}  note: { bar: 101 }\n`, ['6:16 escalation.note.bar The bar is 0 to 100']],
    [
      'a single tier',
      'escalation:\n  tiers:\n    - { level: 1, name: One, team: One }\n',
      ['3:5 escalation.tiers A policy needs at least two tiers'],
    ],
    [
      'something else altogether',
      'hello: world\n',
      ['1:1 escalation "escalation" is missing', '1:1 hello Unknown key "hello"'],
    ],
    ['a list', '- a\n- b\n', ['1:1 Must be a group of keys, not a list']],
    ['nothing', '', ['1:1 The document is empty; a policy begins with "escalation:"']],
    ['only a comment', '# later\n', ['1:1 The document is empty; a policy begins with "escalation:"']],
  ])('%s', (_, yaml, problems) => {
    expect(problemsOf(yaml).toSorted()).toEqual(problems.toSorted())
  })
})

describe('a rule is refused for', () => {
  const rule = (condition: string, set = '{ tier: 2 }') =>
    `${PLAIN}  rules:\n    - id: r\n      title: R\n      all: [${condition}]\n      set: ${set}\n`

  it.each([
    [
      'a field no fact goes by',
      rule('{ field: custmer.arr, operator: is, value: 1 }'),
      ['9:22 escalation.rules[0].all[0].field No fact is called "custmer.arr"; did you mean "customer.arr"?'],
    ],
    [
      'an operator that does not exist',
      rule('{ field: status, operator: iss, value: open }'),
      [
        '9:40 escalation.rules[0].all[0].operator Must be one of is, is_not, less_than, less_than_equal, greater_than, greater_than_equal, includes, not_includes, includes_words, not_includes_words, includes_string, not_includes_string, present, not_present, within_previous_n_days, within_next_n_days, not "iss"; did you mean "is"?',
      ],
    ],
    [
      'an operator that makes no sense for the field',
      rule('{ field: current_tags, operator: less_than, value: vip }'),
      [
        '9:46 escalation.rules[0].all[0].operator "less_than" makes no sense for current_tags, which takes includes, not_includes, present, not_present',
      ],
    ],
    [
      'a value the field never has',
      rule('{ field: status, operator: is, value: opne }'),
      [
        '9:51 escalation.rules[0].all[0].value status is never "opne"; it is one of new, open, pending, hold, solved, closed; did you mean "open"?',
      ],
    ],
    [
      'a text where a number is compared',
      rule('{ field: customer.arr, operator: greater_than, value: lots }'),
      ['9:67 escalation.rules[0].all[0].value customer.arr is a number; "lots" is not'],
    ],
    [
      'a missing value',
      rule('{ field: status, operator: is }'),
      ['9:13 escalation.rules[0].all[0].value "is" needs a value'],
    ],
    [
      'a value where none is taken',
      rule('{ field: type, operator: present, value: question }'),
      ['9:54 escalation.rules[0].all[0].value "present" takes no value'],
    ],
    [
      'a list where one value is compared',
      rule('{ field: status, operator: is, value: [open, new] }'),
      ['9:51 escalation.rules[0].all[0].value "is" takes one value, not a list'],
    ],
    [
      'days that are no number',
      rule('{ field: ticket.created_at, operator: within_previous_n_days, value: week }'),
      ['9:82 escalation.rules[0].all[0].value Write a whole number of days'],
    ],
    [
      'a component the policy does not have',
      rule('{ field: component, operator: is, value: ssso }').replace(
        '  rules:',
        '  components: [{ id: sso, name: SSO }]\n  rules:',
      ),
      ['10:54 escalation.rules[0].all[0].value component is never "ssso"; it is one of sso; did you mean "sso"?'],
    ],
    ['no condition', rule(''), ['7:7 escalation.rules[0] Needs at least one condition under "all" or "any"']],
    [
      'setting nothing',
      rule('{ field: status, operator: is, value: open }', '{}'),
      ['10:12 escalation.rules[0].set A rule must set something'],
    ],
    [
      'a tier that is not there',
      rule('{ field: status, operator: is, value: open }', '{ tier: 4 }'),
      ['10:20 escalation.rules[0].set.tier There is no tier 4; there are 1, 2, 3'],
    ],
    [
      'a queue that is not there',
      rule('{ field: status, operator: is, value: open }', '{ queue: enginering }'),
      ['10:21 escalation.rules[0].set.queue There is no queue "enginering"; did you mean "engineering"?'],
    ],
    [
      'a queue in another tier than it sets',
      rule('{ field: status, operator: is, value: open }', '{ tier: 2, queue: engineering }'),
      ['10:30 escalation.rules[0].set.queue The queue "engineering" is in tier 3, but the rule sets tier 2'],
    ],
    [
      'an id given twice',
      `${rule('{ field: status, operator: is, value: open }')}    - { id: r, title: R, any: [{ field: type, operator: present }], set: { tier: 2 } }\n`,
      ['11:13 escalation.rules[1].id The rule "r" is given twice'],
    ],
  ])('%s', (_, yaml, problems) => {
    expect(problemsOf(yaml)).toEqual(problems)
  })

  it('an urgency point given twice', () => {
    const point = '    - { id: p, title: P, points: 5, all: [{ field: type, operator: present }] }\n'
    expect(problemsOf(`${PLAIN}  urgency:\n${point}${point}`)).toEqual([
      '8:13 escalation.urgency[1].id The urgency point "p" is given twice',
    ])
  })
})

describe('a file is refused for', () => {
  it('tabs as indentation', () => {
    expect(firstProblem('escalation:\n\ttiers: []\n')).toMatchObject({
      line: 2,
      column: 1,
      message: 'A tab is used for indentation; YAML wants spaces',
    })
  })

  it('a second document', () => {
    expect(firstProblem(`${PLAIN}---\nescalation: {}\n`)).toMatchObject({
      line: 7,
      column: 1,
      message: 'A second document begins here; a policy is one document',
    })
  })

  it('broken YAML, where it breaks', () => {
    expect(firstProblem('escalation:\n  tiers: [1, 2\n')).toMatchObject({ line: 3, column: 1 })
    expect(firstProblem('escalation:\n  name: "open\n')).toMatchObject({ line: 3, column: 1 })
  })

  it('an alias bomb, at once', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`)
    const problem = firstProblem(`l0: &l0 [x]\n${levels.join('\n')}\n`)
    expect(problem.message).toBe('More than 50000 values once aliases are written out')
    expect(problem.line).toBeGreaterThan(1)
  })

  it('an alias that contains itself', () => {
    expect(firstProblem('a: &a [*a]\n')).toMatchObject({ line: 1, column: 8, message: 'This alias contains itself' })
  })

  it('an alias of nothing', () => {
    expect(firstProblem('a: *gone\n')).toMatchObject({ line: 1, column: 4 })
  })

  it('a tag that would make something of its own', () => {
    expect(firstProblem('escalation: !!js/function "x"\n')).toMatchObject({
      line: 1,
      column: 13,
      message: 'Tags such as !!js or !custom have no place in a policy',
    })
  })

  it('more than 256 KiB', () => {
    expect(firstProblem(`# ${'x'.repeat(300_000)}`)).toMatchObject({ line: 1, column: 1 })
  })

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(60_000)],
    ['dashes', '- '.repeat(100_000)],
    ['questions', '? '.repeat(100_000)],
    ['indentation', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('nesting without end, of %s', (_, yaml) => {
    expect(firstProblem(yaml).message).toMatch(/^Nested more than 40 levels deep/)
  })

  it('twenty thousand aliases, in no time', () => {
    const aliases = Array.from({ length: 20_000 }, (_, i) => `k${i}: *a`)
    expect(firstProblem(`x: &a 1\n${aliases.join('\n')}\n`)).toMatchObject({ line: 1, column: 1 })
  })

  it('twenty thousand keys of which one is given twice, at once', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`)
    expect(firstProblem(`${keys.join('\n')}\nk7: 2\n`)).toMatchObject({
      line: 20_001,
      column: 1,
      message: 'The key "k7" is given twice',
    })
  })

  it('a key that would reach into the prototype', () => {
    expect(firstProblem('__proto__: { escalation: {} }\n')).toMatchObject({ line: 1, column: 1 })
  })
})

it('an alias that is used soberly is taken', () => {
  const yaml = PLAIN.replace(
    'sla: { first_response: 4h, resolution_target: 24h }',
    'sla: &slow { first_response: 4h }',
  ).replace('sla: { first_response: 2h, resolution_target: 8h }', 'sla: *slow')
  expect(problemsOf(yaml)).toEqual([])
})

it('an alias keeps the anchor it meant, when the anchor is given anew', () => {
  const yaml = PLAIN.replace('first_response: 4h', 'first_response: &t 4h')
    .replace('first_response: 2h', 'first_response: *t')
    .replace('first_response: 1h', 'first_response: &t 1h')
  const loaded = loadPolicy(yaml)
  expect(loaded.ok && loaded.policy.tiers.map(({ targets }) => targets.firstResponse)).toEqual([240, 240, 60])
})
