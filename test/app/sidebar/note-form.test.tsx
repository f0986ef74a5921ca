import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../../app/sidebar/command.ts'
import { canonicalNote } from '../../../core/note/canonical.ts'
import type { Note } from '../../../core/note/note.ts'
import { NOTE_FORM } from '../../../core/note/note-form.ts'
import { renderHtml } from '../../../core/note/render.ts'
import { AGENT, aDecision, anEscalation, type Desk, OTHER_AGENT, TICKET_ID } from '../desk.ts'
import { fillIn, findForm, openSidebar } from '../start.tsx'

describe('the note', () => {
  it('fills itself from the ticket and says so', async () => {
    await openSidebar()
    await findForm()

    expect(await screen.findByDisplayValue('SSO login fails with a SAML error')).toBe(screen.getByLabelText('Summary'))
    expect(screen.getByLabelText('Symptoms')).toHaveValue(
      'Since this morning nobody can log in. We see "Invalid SAML response".',
    )
    expect(screen.getByLabelText('Component')).toHaveValue('sso')
    expect(screen.getByText('Suggested by: sso, saml, login')).toBeVisible()
    expect(screen.getByLabelText('Account')).toHaveValue('Acme Corp')
    expect(screen.getByLabelText('ARR')).toHaveValue('120000')
    expect(screen.getByLabelText('Health score')).toHaveValue(72)
    expect(screen.getByLabelText('Primary contact')).toHaveValue('jane@acme.test')
    expect(screen.getByLabelText('Evidence')).toHaveValue('screenshot.png')
    expect(screen.getAllByText('From the ticket').length).toBeGreaterThan(5)
  })

  it('keeps what the agent changed when the ticket is read again', async () => {
    const { desk, user } = await openSidebar()
    await findForm()
    const summary = await screen.findByLabelText('Summary')
    await user.clear(summary)
    desk.ticket.subject = 'A new subject'
    desk.organization.name = 'Acme Holding'
    desk.emit('ticket.updated')

    await waitFor(() => expect(screen.getByLabelText('Account')).toHaveValue('Acme Holding'))
    expect(summary).toHaveValue('')
  })

  it('shows where it would go, by when, how urgent and why', async () => {
    const { user } = await openSidebar()
    const preview = await screen.findByRole('region', { name: 'Where it goes' })

    expect(preview).toHaveTextContent(/L2 · Identity — respond by .*3:40 PM · urgency 62/)
    await user.click(within(preview).getByText('Why?'))
    expect(preview).toHaveTextContent('Component “Single sign-on” belongs to Identity')
    expect(preview).toHaveTextContent('Without “Enterprise customer” it would be 32.')
  })

  it('names what is missing below the bar and leads to it', async () => {
    const { user } = await openSidebar()
    await findForm()
    await screen.findByRole('region', { name: 'Where it goes' })

    expect(screen.getByRole('button', { name: /^Escalate/ })).toBeDisabled()
    expect(screen.getByRole('meter', { name: 'Completeness' })).toHaveAttribute('aria-valuetext', '30 of 60 needed')
    await user.click(screen.getByRole('button', { name: 'Customer impact +10' }))
    await waitFor(() => expect(screen.getByLabelText('Customer impact')).toHaveFocus())
  })

  it('sends one update: a private comment, the envelope, the tag, and nothing of anybody else’s lost', async () => {
    const { desk, user } = await openSidebar()
    await findForm()
    await screen.findByRole('region', { name: 'Where it goes' })
    await fillIn(user)
    await waitFor(() => expect(lastAsked(desk).steps_taken).toEqual(['Verified the metadata', 'Checked the logs']))
    await user.click(screen.getByRole('button', { name: 'Escalate to L2 · Identity' }))

    expect(await screen.findByRole('heading', { name: 'Sent, waiting for routing' })).toHaveFocus()
    const [sent, ...more] = desk.updates()
    expect(more).toEqual([])
    expect(sent).toMatchObject({
      tags: ['vip', 'baton'],
      safe_update: true,
      updated_stamp: '2026-03-06T13:00:00Z',
      comment: { public: false },
      metadata: { baton: { v: 1, verb: 'escalate', ticket: TICKET_ID } },
    })
    expect(sent!.comment.html_body).toContain('Checked the logs')
  })

  it('takes a double click for one', async () => {
    const { desk, user } = await openSidebar()
    await findForm()
    await user.selectOptions(await screen.findByLabelText('Severity'), 'P0')
    await user.dblClick(await screen.findByRole('button', { name: 'Escalate to L3 · Platform' }))
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })
    expect(new Set(desk.updates().map(({ metadata }) => metadata.baton.id)).size).toBe(1)
    expect(desk.audits).toHaveLength(1)
  })

  it('tells the agent when a colleague was faster, and keeps their words', async () => {
    const { desk, user } = await openSidebar()
    await findForm()
    await user.selectOptions(await screen.findByLabelText('Severity'), 'P0')
    const theirs = {
      v: 1,
      verb: 'escalate',
      id: '01JNXBBBBBBBBBBBBBBBBBBBBB',
      ticket: TICKET_ID,
      digest: 'B'.repeat(43),
    }
    desk.land(OTHER_AGENT.id, theirs, new Date().toISOString())
    await user.click(await screen.findByRole('button', { name: 'Escalate to L3 · Platform' }))

    expect(await screen.findByText(/Ben Bell has just escalated this ticket/)).toBeVisible()
    expect(desk.updates()).toEqual([])
    expect(screen.getByLabelText('Severity')).toHaveValue('P0')
  })

  it('signs its calls to the server and keeps the secret a placeholder', async () => {
    const { desk } = await openSidebar()
    await findForm()
    const { options } = desk.calls.find(({ url }) => url.endsWith('/escalation'))!

    expect(options).toMatchObject({
      url: `https://baton.acme.test/api/tickets/${TICKET_ID}/escalation`,
      secure: true,
      headers: { Authorization: 'Bearer {{jwt.token}}' },
      jwt: {
        algorithm: 'HS256',
        secret_key: '{{setting.shared_secret}}',
        expiry: 120,
        claims: { iss: 'acme', aud: 'baton', sub: String(AGENT.id) },
      },
    })
  })

  it('carries the digest of exactly the note in the comment', async () => {
    const { desk, user } = await openSidebar()
    await findForm()
    await screen.findByRole('region', { name: 'Where it goes' })
    await fillIn(user)
    await waitFor(() => expect(lastAsked(desk).escalation_reason).toBe('Needs backend access'))
    await screen.findByRole('region', { name: 'Where it goes' })
    await user.click(screen.getByRole('button', { name: 'Escalate to L2 · Identity' }))
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })

    const [sent] = desk.updates()
    const timestamp = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(sent!.comment.html_body)![0]
    const toTier = sent!.comment.html_body.includes('L2') ? 'L2' : ''
    const note = { ...lastAsked(desk), escalated_to: toTier, timestamp }
    expect(sent!.comment.html_body).toBe(renderHtml(note))
    expect(sent!.metadata.baton.digest).toBe(await digestOf(NOTE_FORM, note))
    expect(canonicalNote(note)).toContain('Checked the logs')
  })

  it('lets a P0 go at once and says that the rest will be asked for', async () => {
    const { desk, user } = await openSidebar()
    await findForm()
    await user.selectOptions(await screen.findByLabelText('Severity'), 'P0')

    expect(screen.getByText('P0 goes at once; the rest will be asked for.')).toBeVisible()
    await user.click(await screen.findByRole('button', { name: 'Escalate to L3 · Platform' }))
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })
    expect(desk.updates()).toHaveLength(1)
  })

  it('waits when the policy makes less of it than the agent did', async () => {
    const { user } = await openSidebar((desk) => {
      desk.decision = aDecision('P2')
    })
    await findForm()
    await user.selectOptions(await screen.findByLabelText('Severity'), 'P0')
    await waitFor(() => expect(screen.getByRole('button', { name: /^Escalate/ })).toBeDisabled())
  })

  it('says when a field is longer than a note may be, and keeps it', async () => {
    const { user, unmount, desk } = await openSidebar()
    await findForm()
    await user.click(screen.getByRole('button', { name: /Logs and evidence/ }))
    await user.click(screen.getByLabelText('Log excerpts'))
    await user.paste('x'.repeat(20_001))

    expect(await screen.findByText('At most 20,000 characters; this has 20,001.')).toBeVisible()
    unmount()
    await openSidebar(() => {}, desk)
    await findForm()
    expect(screen.getByLabelText('Log excerpts')).toHaveValue('x'.repeat(20_001))
  })

  it('offers what was discarded again', async () => {
    const { user } = await openSidebar()
    await findForm()
    await user.type(screen.getByLabelText('Steps taken'), 'Asked the customer')
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(screen.getByLabelText('Steps taken')).toHaveValue('')

    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(screen.getByLabelText('Steps taken')).toHaveValue('Asked the customer')
  })

  it('shows what it says in German to a German agent', async () => {
    await openSidebar((desk) => {
      desk.locale = 'de'
    })
    expect(await screen.findByRole('heading', { name: 'Ticket eskalieren' })).toBeVisible()
    expect(screen.getByLabelText('Bisherige Schritte')).toBeVisible()
    expect(await screen.findByRole('region', { name: 'Wohin es geht' })).toHaveTextContent(/Antwort bis .*15:40/)
  })
})

describe('a ticket that can’t be escalated here', () => {
  it('is closed', async () => {
    await openSidebar((desk) => {
      desk.ticket.status = 'closed'
    })
    expect(await screen.findByText('This ticket is closed')).toBeVisible()
    expect(screen.queryByLabelText('Summary')).toBeNull()
  })

  it.each([
    ['a light agent', { role: 'agent', role_type: 1 }],
    ['an end user', { role: 'end-user', role_type: null }],
  ])('is seen by %s', async (_, role) => {
    await openSidebar((desk) => Object.assign(desk.me, role))
    expect(await screen.findByText('You can’t escalate tickets')).toBeVisible()
    expect(screen.queryByLabelText('Summary')).toBeNull()
  })

  it('is already escalated', async () => {
    await openSidebar((desk) => {
      desk.escalation = anEscalation()
    })
    expect(await screen.findByRole('heading', { name: 'Escalated to L2 · Identity' })).toBeVisible()
    expect(screen.queryByLabelText('Summary')).toBeNull()
  })
})

/** The note the preview was asked about last. */
function lastAsked({ calls }: Desk): Note {
  return (calls.findLast(({ url }) => url.endsWith('/api/decide'))!.body as { note: Note }).note
}
