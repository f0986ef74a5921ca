import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { SimilarCard, SuggestionView } from '../../../core/contract/similar.ts'
import { AGENT, type Desk } from '../desk.ts'
import { findForm, openSidebar } from '../start.tsx'

const CARD: SimilarCard = {
  ...{ escalationId: 'ESC-2026-000041', ticketId: 812, score: 0.6, summary: 'SAML assertion is refused' },
  ...{ component: 'sso', category: null, severity: 'P2', tier: 2, queue: 'identity', code: 'configuration' },
  ...{ rootCause: 'The certificate was renewed', fix: 'Imported the new certificate' },
  ...{ articleUrl: 'https://help.acme.test/sso?utm=1', resolvedAt: '2026-03-05T13:00:00Z', tookMs: 5_400_000 },
  ...{ resolvedBy: 'Elif Aydin', sameProblems: 2 },
}
const OTHER = { ...CARD, escalationId: 'ESC-2026-000042', summary: 'Login loops', sameProblems: 0 }
const SEVERITY: SuggestionView = {
  ...{ field: 'severity', value: 'P1', name: 'P1', confidence: 0.9, isSure: true, looked: 8 },
  agreeing: Array.from({ length: 7 }, (_, at) => `ESC-2026-00004${at}`),
}

function asked(desk: Desk, path: string): unknown[] {
  return desk.calls.filter(({ url }) => url.endsWith(path)).map(({ body }) => body)
}

async function openWith(similar: Partial<Desk['similar']>) {
  const opened = await openSidebar((desk) => {
    desk.similar = { cases: [CARD, OTHER], suggestions: [], ...similar }
  })
  await findForm()
  return { ...opened, card: await screen.findByRole('region', { name: 'Past escalation ESC-2026-000041' }) }
}

describe('past escalations beside the note', () => {
  it('tell what it was, how it ended, how long it took and who did it', async () => {
    const { card } = await openWith({})
    expect(card).toHaveTextContent(/SAML assertion is refusedConfiguration/)
    expect(card).toHaveTextContent(/ESC-2026-000041 · Elif Aydin · 1 h 30 min · .* · sso · the same in 2 more tickets/)
    expect(card).toHaveTextContent('Imported the new certificate')
    expect(within(card).getByRole('link')).toHaveAccessibleName('help.acme.test/sso')
    expect(screen.getByText('2 past escalations like this one')).toBeVisible()
  })

  it('go where it is not the same, and that is remembered; the focus stays near', async () => {
    const { desk, user, card } = await openWith({})
    await user.click(within(card).getByRole('button', { name: 'Not the same as ESC-2026-000041' }))
    expect(card).not.toBeInTheDocument()
    expect(screen.getByText(/is not shown here any more. 1 past escalation like this one/)).toHaveFocus()
    expect(asked(desk, '/api/similar/answers')).toMatchObject([{ answer: 'not-same', escalationId: CARD.escalationId }])
  })

  it('stop the escalation where it is the same: in the ticket, with the fix for the reply and a way back', async () => {
    const { desk, user, card } = await openWith({})
    await user.click(within(card).getByRole('button', { name: /^Same problem as/ }))
    expect(await screen.findByRole('heading', { name: 'Same problem as ESC-2026-000041' })).toBeVisible()
    const [update, ...more] = desk.updates()
    expect(more).toEqual([])
    expect(update).toMatchObject({ comment: { public: false }, metadata: { baton: { verb: 'same-problem' } } })
    expect(update!.comment.html_body).toContain('Imported the new certificate')

    await user.click(screen.getByRole('button', { name: 'Put it into the reply' }))
    expect(await screen.findByText('It is in the reply. Nothing is sent yet.')).toBeVisible()
    expect(desk.invoked.at(-1)).toMatchObject({ action: 'comment.appendText' })

    const { id: commandId } = update!.metadata.baton as { id: string }
    desk.stopped = {
      ...{ at: desk.now, by: AGENT, commandId, pastId: CARD.escalationId },
      past: { ticketId: 812, summary: CARD.summary, fix: CARD.fix, articleUrl: CARD.articleUrl },
    }
    desk.emit('ticket.updated')
    await user.click(await screen.findByRole('button', { name: 'Escalate all the same' }))
    await findForm()
  })

  it('are not shown while the server is away', async () => {
    const { desk } = await openSidebar((arranged) => {
      arranged.similar = { cases: [CARD], suggestions: [] }
      arranged.isServerDown = true
    })
    await findForm()
    await waitFor(() => expect(asked(desk, '/api/similar')).not.toEqual([]))
    expect(screen.queryByText('SAML assertion is refused')).not.toBeInTheDocument()
  })
})

describe('what past escalations suggest', () => {
  it('stands beside its field with the evidence, and is filled in by the agent alone', async () => {
    const { desk, user } = await openWith({ suggestions: [SEVERITY] })
    const use = await screen.findByRole('button', { name: 'Use P1' })
    expect(screen.getByText('7 of 8 similar')).toBeVisible()
    expect(screen.getByLabelText('Severity')).toHaveValue('')
    await user.click(use)
    expect(screen.getByLabelText('Severity')).toHaveValue('P1')
    expect(use).not.toBeInTheDocument()
    expect(asked(desk, '/api/similar/answers')).toMatchObject([{ answer: 'taken', field: 'severity', value: 'P1' }])
  })

  it('goes when it is refused, and is not there where the field says so already', async () => {
    const component = { ...SEVERITY, field: 'component' as const, value: 'sso', name: 'Single sign-on' }
    const { desk, user } = await openWith({ suggestions: [SEVERITY, component] })
    expect(screen.queryByRole('button', { name: 'Use Single sign-on' })).not.toBeInTheDocument()
    await user.click(await screen.findByRole('button', { name: 'No, do not suggest P1' }))
    expect(screen.queryByText('7 of 8 similar')).not.toBeInTheDocument()
    expect(asked(desk, '/api/similar/answers')).toMatchObject([{ answer: 'refused' }])
  })
})
