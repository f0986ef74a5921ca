import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOncallCommands } from '../../../server/cli/oncall.ts'

const POLICY = `escalation:
  tiers:
    - { level: 1, name: Front line, team: Support, sla: { first_response: 4h } }
    - { level: 2, name: Engineering, team: Platform engineering, sla: { first_response: 1h } }
  on_call:
    people:
      - { email: ivo@northwind.example, name: Ivo Marek }
      - { email: jo@northwind.example, name: Jo Fraser }
    schedules:
      - id: platform
        name: Platform
        zone: Europe/Berlin
        layers:
          - { id: weeks, participants: [ivo@northwind.example, jo@northwind.example], starts: 2026-01-05 }
      - id: database
        zone: Europe/Berlin
        layers:
          - id: workdays
            participants: [jo@northwind.example]
            starts: 2026-01-05
            hours: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }]
    steps:
      platform-engineering:
        - { tell: database, wait: 10m }
        - { tell: [platform, jo@northwind.example] }
`

let folder: string
let policy: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baton-oncall-'))
  policy = file('policy.yaml', POLICY)
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

/** What the command prints; what it refuses is thrown, as the command line's main reports it. */
async function run(...args: string[]): Promise<string> {
  let printed = ''
  const program = new Command('baton').exitOverride()
  program.configureOutput({ writeOut: (text) => (printed += text), writeErr: () => {} })
  addOncallCommands(program)
  await program.parseAsync(['oncall', ...args], { from: 'user' })
  return printed
}

const SATURDAY = ['--at', '2026-03-28T10:00:00Z']

describe('baton oncall', () => {
  it('says who is on call, until when, who is next, and the days to come with the change of the clock', async () => {
    expect(await run('--policy', policy, '--schedule', 'platform', '--days', '10', ...SATURDAY)).toBe(
      `Platform (platform), Sat 2026-03-28 11:00 (Europe/Berlin)
Now:  Jo Fraser <jo@northwind.example>, until Mon 2026-03-30 09:00, by weeks
Next: Ivo Marek <ivo@northwind.example>, from Mon 2026-03-30 09:00 until Mon 2026-04-06 09:00

FROM                  TO                    FOR     ON CALL    BY
Sat 2026-03-28 11:00  Mon 2026-03-30 09:00  1d 21h  Jo Fraser  weeks
Mon 2026-03-30 09:00  Mon 2026-04-06 09:00  7d      Ivo Marek  weeks
Mon 2026-04-06 09:00  Tue 2026-04-07 12:00  1d 3h   Jo Fraser  weeks

Queue platform-engineering, if nobody accepts (Europe/Berlin)
STEP  AT                    TELLS
1     Sat 2026-03-28 11:00  NOBODY, skipped at once: nobody is on call in database
2     Sat 2026-03-28 11:00  Jo Fraser (platform)
`,
    )
  })

  it('marks gaps, and says when nobody is on call now', async () => {
    const printed = await run('--policy', policy, '--schedule', 'database', '--days', '3', ...SATURDAY)
    expect(printed).toContain('Now:  NOBODY is on call\n')
    expect(printed).toContain(
      'Next: Jo Fraser <jo@northwind.example>, from Mon 2026-03-30 08:00 until Mon 2026-03-30 18:00',
    )
    expect(printed).toContain('Sat 2026-03-28 11:00  Mon 2026-03-30 08:00  1d 20h  -- NOBODY --')
  })

  it('shows fourteen days of every schedule when it is asked for no less', async () => {
    const printed = await run('--policy', policy, ...SATURDAY)
    expect(printed).toContain('Platform (platform),')
    expect(printed).toContain('database,')
    expect(printed).toContain('Sat 2026-04-11 12:00')
  })

  it('shows another time zone', async () => {
    const printed = await run('--policy', policy, '--zone', 'Kolkata', '--days', '1', ...SATURDAY)
    expect(printed).toContain('Platform (platform), Sat 2026-03-28 15:30 (Asia/Kolkata)')
    expect(printed).toContain('if nobody accepts (Asia/Kolkata)\n')
  })

  it('prints JSON that covers the days exactly', async () => {
    const answer = JSON.parse(
      await run('--policy', policy, '--schedule', 'database', '--days', '2', '--json', ...SATURDAY),
    )
    expect(answer).toEqual({
      at: '2026-03-28T10:00:00.000Z',
      until: '2026-03-30T10:00:00.000Z',
      schedules: [
        {
          id: 'database',
          name: 'database',
          zone: 'Europe/Berlin',
          now: null,
          next: {
            person: 'jo@northwind.example',
            since: '2026-03-30T06:00:00.000Z',
            until: '2026-03-30T16:00:00.000Z',
            source: { layer: 'workdays' },
          },
          shifts: [
            { from: '2026-03-28T10:00:00.000Z', to: '2026-03-30T06:00:00.000Z', person: null, sources: [] },
            {
              from: '2026-03-30T06:00:00.000Z',
              to: '2026-03-30T10:00:00.000Z',
              person: 'jo@northwind.example',
              sources: [{ layer: 'workdays' }],
            },
          ],
        },
      ],
      steps: {
        'platform-engineering': [
          {
            event: 'nobody-notified',
            step: 0,
            at: '2026-03-28T10:00:00.000Z',
            told: [],
            uncovered: ['database'],
          },
          {
            event: 'notified',
            step: 1,
            at: '2026-03-28T10:00:00.000Z',
            told: [
              {
                person: 'jo@northwind.example',
                schedule: 'platform',
                source: { layer: 'weeks' },
                until: '2026-03-30T07:00:00.000Z',
              },
            ],
            uncovered: [],
          },
        ],
      },
    })
  })

  it.each([
    [
      'a schedule that is not there',
      ['--schedule', 'platfrm'],
      'there is no schedule "platfrm"; did you mean "platform"?',
    ],
    ['one that is near to nothing', ['--schedule', 'x'], 'there is no schedule "x"; there are platform, database'],
    ['a zone that does not exist', ['--zone', 'Europe/Berln'], 'did you mean "Europe/Berlin"?'],
    ['no days', ['--days', '0'], 'Write a whole number from 1 to 366.'],
    ['half a day', ['--days', '0.5'], 'Write a whole number from 1 to 366.'],
    ['an instant without an offset', ['--at', '2026-03-28T10:00:00'], 'Write an instant such as'],
    ['an instant that does not exist', ['--at', '2026-13-28T10:00:00Z'], 'Write an instant such as'],
  ])('refuses %s', async (_, options, message) => {
    await expect(run('--policy', policy, ...options)).rejects.toThrow(message)
  })

  it('names what is wrong with a policy, or that it has no schedules', async () => {
    const bad = file('bad.yaml', POLICY.replace('participants: [ivo@', 'participants: [ivon@'))
    await expect(run('--policy', bad)).rejects.toThrow(
      `${bad}:14:41 escalation.on_call.schedules[0].layers[0].participants[0] "ivon@northwind.example" is not among the people of on_call; did you mean "ivo@northwind.example"?`,
    )
    const none = file('none.yaml', POLICY.slice(0, POLICY.indexOf('  on_call:')))
    await expect(run('--policy', none)).rejects.toThrow('the policy has no on-call schedules; docs/oncall.md')
    await expect(run('--policy', path.join(folder, 'gone.yaml'))).rejects.toThrow('there is no such file')
  })
})
