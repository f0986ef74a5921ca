import { act, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TicketDrafts } from '../../../core/contract/article-drafts.ts'
import type { LifeView } from '../../../core/contract/life.ts'
import { AGENT, aLife, anEscalation } from '../desk.ts'
import { openSidebar } from '../start.tsx'

afterEach(() => vi.useRealTimers())

const RESOLUTION: LifeView['resolution'] = {
  ...{ at: '2026-03-06T13:30:00Z', by: AGENT, rootCause: 'An old certificate', code: 'configuration', fix: 'Renewed' },
  ...{ article: 'not_needed', articleUrl: '', articleReason: 'Rare', couldBeLower: null },
}

async function openResolved(drafts: TicketDrafts | null) {
  const { desk } = await openSidebar((one) => {
    one.escalation = anEscalation({ stage: 'resolved', life: aLife({ may: ['had-to-ask'], resolution: RESOLUTION }) })
    one.drafts = drafts
  })
  await screen.findByText('An old certificate')
  return desk
}

describe('after a resolution', () => {
  it('a draft is asked for with one click, and shown once it is written', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const desk = await openResolved({ escalationId: 'ESC-2026-000001', canDraft: true, drafts: [] })
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
    await user.click(await screen.findByRole('button', { name: 'Draft an article' }))
    expect(await screen.findByText('being drafted')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Draft an article' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Draft a runbook' })).toBeVisible()

    const written = { title: 'Renew a certificate', url: 'https://northwind.test/hc/en-us/articles/77', trouble: null }
    desk.drafts!.drafts = [{ form: 'article', standing: 'draft', ...written }]
    await act(() => vi.advanceTimersByTimeAsync(2_000))
    expect(await screen.findByRole('link', { name: 'Renew a certificate' })).toHaveAttribute('href', written.url)
    expect(screen.getByText('draft, not published yet')).toBeVisible()
  })

  it('says why there is none, and offers it again', async () => {
    const trouble = 'This account has no Help Center.'
    const refused = { form: 'article', standing: 'refused', title: null, url: null, trouble } as const
    await openResolved({ escalationId: 'ESC-2026-000001', canDraft: true, drafts: [refused] })
    expect(await screen.findByText(trouble)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Draft an article' })).toBeVisible()
  })

  it('nothing is offered where the policy does not say where drafts go, or the server knows of none', async () => {
    await openResolved({ escalationId: 'ESC-2026-000001', canDraft: false, drafts: [] })
    expect(screen.queryByRole('heading', { name: 'Knowledge base' })).toBeNull()
  })
})
