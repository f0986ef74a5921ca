import { act, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { anEscalation } from '../desk.ts'
import { openSidebar } from '../start.tsx'

const scheme = () => document.documentElement.dataset.scheme

it('takes the colour scheme that was chosen while the app was on its way', async () => {
  await openSidebar((desk) => {
    desk.colorScheme = 'dark'
    desk.escalation = anEscalation()
  })
  await waitFor(() => expect(scheme()).toBe('dark'))
})

it('follows the colour scheme as the agent changes it', async () => {
  const { desk } = await openSidebar((it) => {
    it.escalation = anEscalation()
  })
  await screen.findByRole('heading', { name: /^Escalated/ })
  act(() => desk.emit('colorScheme.changed', 'dark'))
  expect(scheme()).toBe('dark')
  act(() => desk.emit('colorScheme.changed', 'light'))
  expect(scheme()).toBe('light')
})
