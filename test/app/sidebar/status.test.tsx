import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AGENT, anEscalation, type Desk, OTHER_AGENT } from '../desk.ts'
import { fillIn, findForm, openSidebar, writeInto } from '../start.tsx'

afterEach(() => vi.useRealTimers())

describe('the status', () => {
  it('shows where the ticket went, by when, who sent it and what happened', async () => {
    await openSidebar((desk) => {
      desk.escalation = anEscalation({ respondBy: new Date(Date.now() + 40 * 60_000).toISOString() })
      desk.timeline = [{ at: desk.now, kind: 'routed', by: AGENT, text: 'Moved to Identity specialists' }]
    })
    await screen.findByRole('heading', { name: 'Escalated to L2 · Identity' })
    expect(screen.getByText('in 40 min.')).toBeVisible()
    expect(screen.getByText('Identity specialists')).toBeVisible()
    expect(screen.getByText('ESC-2026-000123')).toBeVisible()
    expect(screen.getByText('Moved to Identity specialists')).toBeVisible()
  })

  it('tells the story newest first, and keeps notices out of it until somebody asks', async () => {
    const { user } = await openSidebar((desk) => {
      desk.escalation = anEscalation()
      desk.timeline = [
        { at: desk.now, kind: 'requested', by: AGENT, text: 'Escalated to tier 2' },
        { at: desk.now, kind: 'accepted', by: OTHER_AGENT, text: 'Accepted' },
        { at: desk.now, kind: 'notice-sent', by: null, text: 'Notice of the hand-off' },
      ]
    })
    const told = await screen.findByText('Accepted')
    expect(told.compareDocumentPosition(screen.getByText('Escalated to tier 2'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
    expect(screen.queryByText('Notice of the hand-off')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show 1 notice' }))
    expect(screen.getByText('Notice of the hand-off')).toBeVisible()
  })

  it('answers “Why?” with points that add up and every rule, also those that did not match', async () => {
    const { user } = await openSidebar((desk) => {
      desk.escalation = anEscalation()
    })
    await user.click(await screen.findByText('Why?'))

    const sum = screen.getByRole('table')
    expect(within(sum).getByRole('row', { name: 'Enterprise customer +30' })).toBeVisible()
    expect(within(sum).getByRole('row', { name: 'Urgency 62' })).toBeVisible()
    expect(screen.getByText('(matched)')).toBeVisible()
    expect(screen.getByText('(did not match)')).toBeVisible()
    expect(screen.getByText(/note.component is billing/)).toHaveTextContent('was sso, false')
  })

  it('says when Zendesk did something else than asked', async () => {
    await openSidebar((desk) => {
      const detail = 'group: asked Identity specialists, got Support'
      desk.escalation = anEscalation({ routing: { state: 'differs', reason: null, detail, attempts: 1 } })
    })
    expect(await screen.findByText('Zendesk changed something else than asked')).toBeVisible()
    expect(screen.getByText('group: asked Identity specialists, got Support')).toBeVisible()
  })

  it('shows commands that were not carried out, and why', async () => {
    await openSidebar((desk) => {
      desk.escalation = anEscalation()
      desk.refused = [
        {
          commandId: '01JNXBBBBBBBBBBBBBBBBBBBBB',
          verb: 'escalate',
          at: desk.now,
          by: OTHER_AGENT,
          reason: 'already-escalated',
          detail: 'Already under way as ESC-2026-000123',
        },
      ]
    })
    expect(await screen.findByText('Not carried out')).toBeVisible()
    expect(screen.getByText(/The ticket was already escalated/)).toHaveTextContent('Ben Bell')
  })

  it('follows the escalation until the ticket is routed', async () => {
    const desk = await sendNote()
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })

    desk.escalation = anEscalation({ requestedAt: desk.now, routing: routing('pending') })
    await act(() => vi.advanceTimersByTimeAsync(2_000))
    expect(await screen.findByRole('heading', { name: 'Escalated to L2 · Identity' })).toBeVisible()
    expect(screen.getByText('being moved')).toBeVisible()

    desk.escalation = { ...desk.escalation, routing: routing('done') }
    await act(() => vi.advanceTimersByTimeAsync(30_000))
    expect(await screen.findByText('moved')).toBeVisible()

    const calls = desk.calls.length
    await act(() => vi.advanceTimersByTimeAsync(120_000))
    expect(desk.calls.length).toBe(calls)
  })

  it('still waits after a reload', async () => {
    const desk = await sendNote()
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })
    cleanup()
    await openSidebar(() => {}, desk)
    expect(await screen.findByRole('heading', { name: 'Sent, waiting for routing' })).toBeVisible()
  })

  it('gives the agent their words back when the command was refused', async () => {
    const desk = await sendNote()
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })
    const { id } = desk.updates()[0]!.metadata.baton
    desk.refused = [{ commandId: id, verb: 'escalate', at: desk.now, by: AGENT, reason: 'wrong-group', detail: 'No' }]
    await act(() => vi.advanceTimersByTimeAsync(2_000))

    expect(await screen.findByText(/Your group may not escalate this ticket/)).toBeVisible()
    expect(await findForm()).toBeVisible()
    expect(screen.getByLabelText('Severity')).toHaveValue('P0')
  })

  it('lets the agent complete a note that went at once', async () => {
    const { desk, user } = await openSidebar((desk) => {
      desk.escalation = anEscalation({ owed: [{ field: 'steps_taken', points: 16 }] })
    })
    const owed = (await screen.findByText('Still owed')).closest('[role="status"]') as HTMLElement
    expect(owed).toHaveTextContent('Steps taken')
    await user.click(within(owed).getByRole('button', { name: 'Complete the note' }))

    expect(screen.getByLabelText('Summary')).toHaveValue('SSO login fails')
    await writeInto(user, 'Steps taken', 'Rebooted')
    await user.click(screen.getByRole('button', { name: 'Send the additions' }))

    expect(await screen.findByText('Your additions are in the ticket and being taken in.')).toBeVisible()
    expect(desk.updates()).toHaveLength(1)
    expect(desk.updates()[0]!.metadata.baton.verb).toBe('amend')
    expect(desk.updates()[0]!.comment.html_body).toContain('Rebooted')
  })
})

describe('without our server', () => {
  it('says so, still sends, and says that the rest comes later', async () => {
    const { desk, user } = await openSidebar((desk) => {
      desk.isServerDown = true
    })
    await findForm()
    expect(screen.getByText('Baton’s server does not answer')).toBeVisible()
    expect(await screen.findByText('The server will choose the queue after you send.')).toBeVisible()

    await fillIn(user)
    await writeInto(user, 'Suggested next step', 'Check the certificate cache')
    await user.click(screen.getByRole('button', { name: 'Escalate' }))
    expect(await screen.findByText(/It is routed when Baton’s server is back/)).toBeVisible()
    expect(desk.updates()).toHaveLength(1)
  })

  it('keeps the shape of the form it last knew', async () => {
    const { unmount, desk } = await openSidebar()
    await findForm()
    unmount()

    await openSidebar((it) => {
      it.isServerDown = true
    }, desk)
    await findForm()
    expect(screen.getByRole('option', { name: 'Single sign-on' })).toBeInTheDocument()
  })

  it('does not make the agent wait for one that is slow', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await openSidebar((desk) => desk.fault('GET https://baton.acme.test/api/tickets/35436/escalation', 'silence'))
    await act(() => vi.advanceTimersByTimeAsync(2_600))
    expect(await findForm()).toBeVisible()
    expect(screen.getByText('Baton’s server is slow to answer')).toBeVisible()
  })

  it('recovers by itself when it is back', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { desk } = await openSidebar((it) => {
      it.isServerDown = true
    })
    await screen.findByText('Baton’s server does not answer')
    desk.isServerDown = false
    await act(() => vi.advanceTimersByTimeAsync(5_000))
    await waitFor(() => expect(screen.queryByText('Baton’s server does not answer')).toBeNull())
  })

  it('sends the agent to an admin when the app is not fully installed', async () => {
    await openSidebar((desk) => {
      desk.settings = {}
    })
    expect(await screen.findByText('Baton is not fully installed')).toBeVisible()
    expect(screen.getByText(/baton doctor/)).toBeVisible()
  })
})

async function sendNote(): Promise<Desk> {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
  const { desk } = await openSidebar()
  await findForm()
  await user.selectOptions(await screen.findByLabelText('Severity'), 'P0')
  await user.click(await screen.findByRole('button', { name: 'Escalate to L3 · Platform' }))
  return desk
}

function routing(state: 'pending' | 'done') {
  return { state, reason: null, detail: null, attempts: 1 }
}
