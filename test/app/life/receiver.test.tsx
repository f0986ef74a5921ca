import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readSaid } from '../../../core/command/read-said.ts'
import type { Stage } from '../../../core/contract/api.ts'
import type { LifeView } from '../../../core/contract/life.ts'
import { Note } from '../../../core/note/note.ts'
import { aClock } from '../clocks/a-clock.ts'
import { AGENT, aLife, anEscalation, type Desk, OTHER_AGENT } from '../desk.ts'
import { openSidebar, writeInto } from '../start.tsx'

afterEach(() => vi.useRealTimers())

const AT_FIRST: LifeView['may'] = ['accept', 'return', 'had-to-ask', 'hand-on', 'link-issue']
const AT_WORK: LifeView['may'] = [
  ...(['return', 'ask-help', 'had-to-ask', 'progress', 'hand-on'] as const),
  ...(['link-issue', 'decide-release', 'resolve'] as const),
]

describe('a receiver', () => {
  it('reads what was handed over first, then the clocks, then what to do', async () => {
    await receive('requested')
    const headings = [
      screen.getByRole('heading', { name: 'What was handed over' }),
      screen.getByRole('region', { name: 'Clocks' }),
      screen.getByRole('heading', { name: 'What next' }),
    ]
    for (const [index, one] of headings.slice(1).entries()) {
      expect(headings[index]!.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
    }
    expect(screen.getByText('Requires backend access')).toBeVisible()
    expect(screen.getByText('Verified the metadata')).toBeVisible()
    expect(screen.getAllByText('not filled in').length).toBeGreaterThan(0)
  })

  it('accepts with one click, which is one private update, and is led to how it stands', async () => {
    const { desk, user } = await receive('requested')
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Where it stands' })).toHaveFocus())

    const [update] = desk.updates()
    expect(desk.updates()).toHaveLength(1)
    expect(update).toMatchObject({
      comment: { public: false, html_body: '<h2>Escalation accepted</h2>' },
      metadata: { baton: { verb: 'accept', ticket: desk.ticket.id } },
      safe_update: true,
    })
    expect(update!.tags).toContain('baton')
    expect(screen.getByText('Accept: it is in the ticket and being taken in.')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull()
  })

  it('hears that it was taken in, and goes on', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { desk, user } = await receive('requested', {}, { advanceTimers: vi.advanceTimersByTime })
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    await screen.findByText('Accept: it is in the ticket and being taken in.')

    const { id } = desk.updates()[0]!.metadata.baton
    desk.escalation = anEscalation({ stage: 'accepted', life: aLife({ may: AT_WORK, owner: AGENT, taken: [id] }) })
    await act(() => vi.advanceTimersByTimeAsync(2_000))
    expect(await screen.findByRole('button', { name: 'Report progress' })).toBeVisible()
    expect(screen.getByText('Accept: taken in.')).toBeInTheDocument()
    expect(screen.getByText('Ana Agent', { selector: 'dd' })).toBeVisible()
  })

  it('reports progress in the form Baton reads back, with a date in their own time zone', async () => {
    const { desk, user } = await receive('accepted')
    await user.click(screen.getByRole('button', { name: 'Report progress' }))
    expect(screen.getByRole('heading', { name: 'Report progress' })).toHaveFocus()
    await user.type(screen.getByLabelText('Actions taken'), 'Read the logs{Enter}{Enter}Cleared the cache')
    await writeInto(user, 'Next steps', 'Roll it out')
    await user.type(screen.getByLabelText('Estimated resolution'), '2031-03-09T15:00')
    await user.click(screen.getByRole('button', { name: 'Send the report' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(1))
    expect(lastSaid(desk)).toEqual({
      command: 'progress',
      answer: {
        status: 'investigating',
        actions_taken: ['Read the logs', 'Cleared the cache'],
        next_steps: 'Roll it out',
        root_cause: '',
        estimated_resolution: '2031-03-09 15:00 +01:00',
      },
    })
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Where it stands' })).toHaveFocus())
  })

  it('keeps what they write for each command, through a reload', async () => {
    const { desk, user, unmount } = await receive('accepted')
    await user.click(screen.getByRole('button', { name: 'Report progress' }))
    await writeInto(user, 'Next steps', 'Half a thou')
    unmount()

    const again = await openSidebar(() => {}, desk)
    await again.user.click(await screen.findByRole('button', { name: 'Resolve' }))
    expect(screen.getByLabelText('Root cause')).toHaveValue('')
    await again.user.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByRole('button', { name: 'Resolve' })).toHaveFocus()
    await again.user.click(screen.getByRole('button', { name: 'Report progress' }))
    expect(screen.getByLabelText('Next steps')).toHaveValue('Half a thou')
  })

  it('is told what a resolution lacks, at the field, and is led there', async () => {
    const { desk, user } = await receive('accepted')
    await user.click(screen.getByRole('button', { name: 'Resolve' }))
    await user.click(screen.getByRole('button', { name: 'Resolve' }))
    expect(screen.getByLabelText('Root cause')).toHaveFocus()
    expect(screen.getByLabelText('Root cause')).toBeInvalid()
    expect(screen.getAllByText('Fill this in.')).toHaveLength(2)
    expect(desk.updates()).toEqual([])
  })

  it('is asked for an article’s address only where there is one, and says nothing of what is no longer asked', async () => {
    const { desk, user } = await receive('accepted')
    await user.click(screen.getByRole('button', { name: 'Resolve' }))
    await writeInto(user, 'Root cause', 'A stale certificate')
    await writeInto(user, 'Fix', 'Cleared the cache')
    await user.selectOptions(screen.getByLabelText('Resolution'), 'Configuration')
    expect(screen.queryByLabelText('Address of the article')).toBeNull()
    await user.selectOptions(screen.getByLabelText('Article'), 'An article covers it')
    await writeInto(user, 'Address of the article', 'https://help.example/1')
    await user.selectOptions(screen.getByLabelText('Article'), 'No article is needed')
    await writeInto(user, 'Why no article', 'It was ours')
    await user.click(screen.getByRole('button', { name: 'Resolve' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(1))
    expect(lastSaid(desk)).toMatchObject({
      command: 'resolve',
      answer: { article: 'not_needed', article_url: '', article_reason: 'It was ours', could_be_lower: null },
    })
  })

  it('returns it with the sections that are missing', async () => {
    const { desk, user } = await receive('requested')
    await user.click(screen.getByRole('button', { name: 'Return' }))
    expect(screen.queryByRole('group', { name: 'Missing from the note' })).toBeNull()
    await user.selectOptions(screen.getByLabelText('Reason'), 'The note is incomplete')
    const missing = screen.getByRole('group', { name: /^Missing from the note/ })
    await user.click(within(missing).getByLabelText('Environment'))
    await user.click(within(missing).getByLabelText('Steps to reproduce'))
    await writeInto(user, 'Explanation', 'Which version?')
    await user.click(screen.getByRole('button', { name: 'Return it' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(1))
    expect(lastSaid(desk)).toEqual({
      command: 'return',
      answer: { reason: 'incomplete', missing: ['Environment', 'Steps to reproduce'], explanation: 'Which version?' },
    })
  })

  it('hands it on to a queue by its name, not to the one that has it', async () => {
    const { desk, user } = await receive('accepted')
    await user.click(screen.getByText('More'))
    await user.click(screen.getByRole('button', { name: 'Hand on' }))
    const to = screen.getByLabelText('To')
    expect(within(to).queryByRole('option', { name: 'L2 · Identity' })).toBeNull()
    await user.selectOptions(to, 'L3 · Platform')
    await writeInto(user, 'Why', 'Needs a change of code')
    await user.click(screen.getByRole('button', { name: 'Hand on' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(1))
    expect(lastSaid(desk)).toEqual({
      command: 'hand-on',
      answer: { tier: 3, queue: 'Platform', reason: 'Needs a change of code' },
    })
  })

  it('says with one tap what the note should have said, and keeps the focus there', async () => {
    const { desk, user } = await receive('accepted')
    const tap = screen.getByRole('button', { name: 'Had to ask about Business impact' })
    await user.click(tap)
    expect(await screen.findByRole('button', { name: 'Asked about Business impact' })).toHaveFocus()
    expect(lastSaid(desk)).toEqual({
      command: 'had-to-ask',
      answer: { sections: ['Business impact'], explanation: '' },
    })
    await user.click(tap)
    expect(desk.updates()).toHaveLength(1)

    await user.click(screen.getByRole('button', { name: 'Had to ask about Summary' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(2))
    const [first, second] = desk.updates().map(({ metadata }) => metadata.baton.id)
    expect(first).not.toBe(second)
  })

  it('is sent nothing twice when Zendesk stays silent and they try again', async () => {
    const { desk, user } = await receive('requested')
    desk.fault(`PUT /api/v2/tickets/${desk.ticket.id}.json`, { status: 401, after: true })
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    await screen.findByText(/You are signed out of Zendesk/)
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    await screen.findByText('Accept: it is in the ticket and being taken in.')
    expect(desk.updates()).toHaveLength(1)
  })

  it('is told when it is no longer possible, and keeps their words', async () => {
    const { desk, user } = await receive('accepted')
    await user.click(screen.getByRole('button', { name: 'Report progress' }))
    await writeInto(user, 'Next steps', 'Roll it out')
    desk.escalation = anEscalation({ stage: 'returned', life: aLife({ may: ['had-to-ask'] }) })
    await user.click(screen.getByRole('button', { name: 'Send the report' }))
    expect(await screen.findByText(/no longer possible: the escalation is returned/)).toBeVisible()
    expect(desk.updates()).toEqual([])
    expect(screen.getByLabelText('Next steps')).toHaveValue('Roll it out')
  })

  it('gets their words back when it was refused, and reads why', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { desk, user } = await receive('accepted', {}, { advanceTimers: vi.advanceTimersByTime })
    await user.click(screen.getByRole('button', { name: 'Report progress' }))
    await writeInto(user, 'Next steps', 'Roll it out')
    await user.click(screen.getByRole('button', { name: 'Send the report' }))
    await screen.findByText('Report progress: it is in the ticket and being taken in.')
    const { id } = desk.updates()[0]!.metadata.baton
    const detail = 'Only people of the queue that has it can do this.'
    desk.refused = [{ commandId: id, verb: 'progress', at: desk.now, by: AGENT, reason: 'not-yours', detail }]
    await act(() => vi.advanceTimersByTimeAsync(2_000))

    expect(await screen.findByText(/^Report progress: Only people of the queue/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Report progress' }))
    expect(screen.getByLabelText('Next steps')).toHaveValue('Roll it out')
  })

  it('can act while our server is away, and reads that it is picked up later', async () => {
    const { desk, user } = await receive('requested')
    desk.isServerDown = true
    await user.click(screen.getByRole('button', { name: 'Accept' }))
    expect(await screen.findByText(/Baton will pick it up when its server is back/)).toBeVisible()
    expect(desk.updates()).toHaveLength(1)
  })

  it('puts a draft of the update into the reply, which is not sent', async () => {
    const progress = [aReport({ actions: ['Cleared the cache'], nextSteps: 'Roll it out' })]
    const { desk, user } = await receive('investigating', { progress, promise: aPromise() })
    expect(screen.getByText(/^Next update due/)).toBeVisible()
    expect(screen.getByText(/^Silence since/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Put a draft into the reply' }))
    expect(await screen.findByText('The draft is in the reply. Read it, then send it.')).toBeVisible()
    const { action, values } = desk.invoked.find((one) => one.action.startsWith('comment.'))!
    expect(action).toBe('comment.appendText')
    expect(values[0]).toMatch(/^Hello Jane Doe,\n[\s\S]*- Cleared the cache[\s\S]*Roll it out/)
    expect(desk.updates()).toEqual([])
  })

  it('can copy the draft where there is no editor, and is told when it would become internal', async () => {
    const { desk, user } = await receive('investigating', { promise: aPromise() })
    desk.hasEditor = false
    await user.click(screen.getByRole('button', { name: 'Put a draft into the reply' }))
    expect(await screen.findByLabelText('Draft of the update')).toHaveValue(
      'Hello Jane Doe,\n\nhere is where we stand.\n\nWe are still working on it and will come back to you.\n',
    )
    desk.hasEditor = true
    desk.commentType = 'internalNote'
    await user.click(screen.getByRole('button', { name: 'Put a draft into the reply' }))
    expect(await screen.findByText(/set to internal note/)).toBeVisible()
  })

  it('is advised before it goes back, and may decide otherwise', async () => {
    const advice: LifeView['advice'] = {
      action: 'wait',
      present: [{ criterion: 'root_cause', detail: 'Root cause: a leak' }],
      missing: [{ criterion: 'customer_confirmed', detail: 'Ask them.' }],
    }
    const { desk, user } = await receive('monitoring', { advice, may: ['had-to-ask', 'deescalate'] })
    await user.click(screen.getByRole('button', { name: 'De-escalate' }))
    expect(screen.getByText('Not everything is there yet')).toBeVisible()
    expect(screen.getByText('Customer confirmed')).toHaveTextContent('Ask them.')
    await writeInto(user, 'Rationale', 'Stable for two days')
    await user.click(screen.getByRole('button', { name: 'De-escalate' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(1))
    expect(lastSaid(desk)).toMatchObject({ answer: { rationale: 'Stable for two days', customer_confirmed: null } })
  })
})

describe('the escalating agent', () => {
  const returned: LifeView['returned'] = {
    at: '2026-03-06T14:00:00Z',
    by: OTHER_AGENT,
    reason: 'incomplete',
    missing: ['Environment', 'Log excerpts'],
    explanation: 'Which version?',
  }

  it('reads what came back and why, and completes the note where it is missing', async () => {
    const { desk, user } = await receive('returned', { returned, may: ['link-issue', 'deescalate'] })
    expect(await screen.findByText('Returned: The note is incomplete')).toBeVisible()
    expect(screen.getByText('Which version?')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Complete the note' }))

    const environment = screen.getByLabelText('Environment')
    expect(environment).toHaveFocus()
    expect(screen.getAllByText('Missing')).toHaveLength(2)
    await user.type(environment, 'Version 2.3.4')
    await user.click(screen.getByRole('button', { name: 'Send the additions' }))
    await waitFor(() => expect(desk.updates()).toHaveLength(1))
    expect(desk.updates()[0]!.metadata.baton.verb).toBe('amend')
  })

  it('may withdraw it, and is offered nothing that only receivers may do', async () => {
    const { user } = await receive('returned', { returned, may: ['link-issue', 'deescalate'] })
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull()
    expect(screen.queryByRole('button', { name: /^Had to ask/ })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Withdraw' }))
    expect(screen.getByRole('heading', { name: 'Withdraw' })).toHaveFocus()
    expect(screen.queryByLabelText('Has the customer confirmed it?')).toBeNull()
  })
})

describe('what everybody sees', () => {
  it('is who has it, who helps, what engineering does, and who is on call', async () => {
    await receive('fixing', {
      may: [],
      owner: OTHER_AGENT,
      helpers: [{ id: null, name: 'Mira Chen' }],
      issues: [
        {
          key: 'acme/shop#12',
          url: 'https://github.com/acme/shop/issues/12',
          title: '',
          state: 'fixed',
          changedAt: null,
        },
      ],
      onCall: {
        now: { person: 'Ivo Marek', from: null, until: '2031-03-09T08:00:00Z' },
        next: { person: 'Jo Fraser', from: '2031-03-09T08:00:00Z', until: null },
      },
      proposal: 'swarm-or-lead',
      bounces: 1,
    })
    expect(await screen.findByText('Ben Bell', { selector: 'dd' })).toBeVisible()
    expect(screen.getByText('Mira Chen')).toBeVisible()
    expect(screen.getByRole('link', { name: 'acme/shop#12' })).toHaveAttribute('rel', 'noreferrer')
    expect(screen.getByText(/Ivo Marek until/)).toBeVisible()
    expect(screen.getByText(/then Jo Fraser/)).toBeVisible()
    expect(screen.getByText('It has changed hands again and again')).toBeVisible()
    expect(screen.getByText('It came back 1 time to people who had it before.')).toBeVisible()
  })

  it('is what waits for approval, with the buttons for those whose approval it is', async () => {
    const approval: LifeView['approval'] = {
      ...{ title: 'Executive escalation', of: 'vp_support', state: 'pending' },
      ...{ at: '2026-03-06T14:00:00Z', by: null, comment: '' },
    }
    const { desk, user } = await receive('requested', { approval, may: ['approve', 'reject'] })
    expect(await screen.findByText('Waits for the approval of vp_support')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Reject' }))
    await user.click(screen.getByRole('button', { name: 'Reject' }))
    expect(screen.getByLabelText('Why')).toBeInvalid()
    await writeInto(user, 'Why', 'No danger')
    await user.click(screen.getByRole('button', { name: 'Reject' }))
    await waitFor(() => expect(lastSaid(desk)).toEqual({ command: 'reject', answer: { reason: 'No danger' } }))
  })

  it('is in German for a German agent', async () => {
    await receive(
      'requested',
      {},
      {},
      (desk) => {
        desk.locale = 'de'
      },
      'Was jetzt',
    )
    expect(screen.getByRole('button', { name: 'Annehmen' })).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Wie es steht' })).toBeVisible()
  })
})

const NOTE = Note.parse({
  issue: { summary: 'SSO login fails', symptoms: ['"Invalid SAML response"'] },
  steps_taken: ['Verified the metadata', 'Checked the logs'],
  escalation_reason: 'Requires backend access',
  escalated_from: 'L1',
})

/** Opens an escalation in a stage, as one of those who received it unless `life` says otherwise. */
async function receive(
  stage: Stage,
  life: Partial<LifeView> = {},
  options: Parameters<typeof userEvent.setup>[0] = {},
  arrange: (desk: Desk) => void = () => {},
  ready: string | RegExp = /^(What next|What you can do)$/,
) {
  const opened = await openSidebar((desk) => {
    const may = stage === 'requested' ? AT_FIRST : AT_WORK
    desk.escalation = anEscalation({ stage, note: NOTE, life: aLife({ may, ...life }) })
    desk.clocks = [aClock()]
    arrange(desk)
  })
  await screen.findByRole('heading', { name: ready })
  return { ...opened, user: userEvent.setup(options) }
}

function lastSaid(desk: Desk) {
  const reading = readSaid(desk.updates().at(-1)!.comment.html_body)
  return reading.kind === 'said' ? reading.said : reading
}

function aReport(overrides: Partial<LifeView['progress'][number]>): LifeView['progress'][number] {
  const at = new Date().toISOString()
  return { at, by: AGENT, status: 'investigating', actions: [], nextSteps: '', cause: '', estimate: null, ...overrides }
}

function aPromise(): LifeView['promise'] {
  const due = new Date(Date.now() + 40 * 60_000).toISOString()
  return { nextUpdateDue: due, isOverdue: false, silentSince: '2026-03-06T12:00:00Z' }
}
