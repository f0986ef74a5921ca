import { render, screen } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import { App } from '../../app/App.tsx'
import { createZaf } from '../../app/zaf/client.ts'
import { openSession } from '../../app/zaf/session.ts'
import { createDesk, type Desk } from './desk.ts'

/** The sidebar as the agent opens it, on a desk of one's own making. */
export async function openSidebar(arrange: (desk: Desk) => void = () => {}, desk = createDesk()) {
  arrange(desk)
  const zaf = createZaf(desk.client())
  const session = await openSession(zaf)
  const { unmount } = render(<App start={{ state: 'ready', zaf, session }} />)
  return { desk, unmount, user: userEvent.setup() }
}

export async function findForm() {
  return screen.findByRole('heading', { name: 'Escalate this ticket' })
}

/** Writes what brings a note above the bar. */
export async function fillIn(user: UserEvent) {
  await writeInto(user, 'Steps taken', 'Verified the metadata\nChecked the logs')
  await writeInto(user, 'Reason for escalation', 'Needs backend access')
}

/** Puts a text in as one piece; letter by letter, each of which draws the form, is for tests of typing. */
export async function writeInto(user: UserEvent, label: string, text: string) {
  await user.click(screen.getByLabelText(label))
  await user.paste(text)
}
