import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type Draft, draftOf, newDraft } from '../../../app/sidebar/draft.ts'
import { emptyNote, type Note } from '../../../core/note/note.ts'
import { NOTE_FORM } from '../../../core/note/note-form.ts'
import { DAY_MS } from '../../../core/units.ts'
import { fillIn, findForm, openSidebar } from '../start.tsx'

const SLOT = 'baton:draft:acme:35436:5001:escalate'

describe('a draft', () => {
  it('is there again after the app was loaded anew', async () => {
    const { user, unmount, desk } = await openSidebar()
    await findForm()
    await user.type(screen.getByLabelText('Steps taken'), 'Restarted it')
    unmount()

    await openSidebar(() => {}, desk)
    await findForm()
    expect(screen.getByLabelText('Steps taken')).toHaveValue('Restarted it')
    expect(screen.queryByText(/changed in another tab/)).toBeNull()
  })

  it('is kept with every keystroke', async () => {
    const { user } = await openSidebar()
    await findForm()
    for (const [index, letter] of [...'SAML'].entries()) {
      await user.type(screen.getByLabelText('Reason for escalation'), letter)
      expect(stored().written.escalation_reason).toBe('SAML'.slice(0, index + 1))
    }
  })

  it('is forgotten only once the ticket has the note', async () => {
    const { user, desk } = await openSidebar()
    await findForm()
    await screen.findByRole('region', { name: 'Where it goes' })
    await fillIn(user)
    desk.fault('PUT /api/v2/tickets/35436.json', { status: 403 })
    await user.click(screen.getByRole('button', { name: /^Escalate to/ }))
    expect(await screen.findByText(/Zendesk does not let you change this ticket/)).toBeVisible()
    expect(stored().written.escalation_reason).toBe('Needs backend access')

    await user.click(screen.getByRole('button', { name: /^Escalate to/ }))
    await screen.findByRole('heading', { name: 'Sent, waiting for routing' })
    expect(localStorage.getItem(SLOT)).toBeNull()
  })

  it('shows both versions when another tab wrote too, and loses neither', async () => {
    const { user } = await openSidebar()
    await findForm()
    await user.type(screen.getByLabelText('Steps taken'), 'Mine')
    writeInOtherTab('Theirs')

    expect(await screen.findByText('This note was changed in another tab')).toBeVisible()
    expect(screen.getByText('Mine', { selector: 'dd' })).toBeVisible()
    expect(screen.getByText('Theirs', { selector: 'dd' })).toBeVisible()

    await user.type(screen.getByLabelText('Steps taken'), ' more')
    expect(stored().written.steps_taken).toEqual(['Theirs'])
    await user.click(screen.getByRole('button', { name: 'Keep this tab’s version' }))
    expect(stored().written.steps_taken).toEqual(['Mine more'])
    expect(screen.queryByText('This note was changed in another tab')).toBeNull()
  })

  it('shows the conflict again after a crash in the middle of it', async () => {
    const { user, unmount, desk } = await openSidebar()
    await findForm()
    await user.type(screen.getByLabelText('Steps taken'), 'Mine')
    writeInOtherTab('Theirs')
    await screen.findByText('This note was changed in another tab')
    unmount()

    await openSidebar(() => {}, desk)
    expect(await screen.findByText('This note was changed in another tab')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Take the other version' }))
    expect(screen.getByLabelText('Steps taken')).toHaveValue('Theirs')
  })

  it('never overwrites what another tab wrote unseen', async () => {
    const { user } = await openSidebar()
    await findForm()
    await user.type(screen.getByLabelText('Steps taken'), 'Mine')
    writeInOtherTab('Theirs', { isSilent: true })
    await user.type(screen.getByLabelText('Steps taken'), '!')

    expect(await screen.findByText('This note was changed in another tab')).toBeVisible()
    expect(stored().written.steps_taken).toEqual(['Theirs'])
  })

  it('of a month ago is forgotten, a newer one of another ticket is not', async () => {
    const old = { ...newDraft('another', Date.now() - 31 * DAY_MS, emptyNote()), touched: ['steps_taken'] }
    localStorage.setItem('baton:draft:acme:1:5001:escalate', JSON.stringify(old))
    localStorage.setItem('baton:draft:acme:2:5001:escalate', JSON.stringify({ ...old, savedAt: Date.now() }))
    await openSidebar()
    await findForm()

    expect(localStorage.getItem('baton:draft:acme:1:5001:escalate')).toBeNull()
    expect(localStorage.getItem('baton:draft:acme:2:5001:escalate')).not.toBeNull()
  })

  it('follows the other tab while this one has no words of its own', async () => {
    await openSidebar()
    await findForm()
    expect(localStorage.getItem(SLOT)).toBeNull()
    writeInOtherTab('Theirs')

    await waitFor(() => expect(screen.getByLabelText('Steps taken')).toHaveValue('Theirs'))
    expect(screen.getByText('Brought up to date from another tab.')).toBeVisible()
  })
})

function stored(): Draft<Note> {
  return draftOf(NOTE_FORM).parse(JSON.parse(localStorage.getItem(SLOT)!))
}

function writeInOtherTab(step: string, { isSilent = false } = {}) {
  const mine = localStorage.getItem(SLOT) ? stored() : newDraft('another', Date.now(), emptyNote())
  const written = { ...mine.written, steps_taken: [step] }
  const theirs = { ...mine, written, tab: 'another', revision: mine.revision + 1, touched: ['steps_taken'] }
  localStorage.setItem(SLOT, JSON.stringify(theirs))
  if (!isSilent) act(() => void window.dispatchEvent(new StorageEvent('storage', { key: SLOT })))
}
