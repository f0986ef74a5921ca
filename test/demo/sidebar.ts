import type { FrameLocator, Page } from 'playwright'

/** The app as a person finds it: in its frame on the agent page, by labels and roles. */
export type Sidebar = ReturnType<typeof sidebarOf>

export function sidebarOf(page: Page) {
  const frame: FrameLocator = page.frameLocator('iframe[title*="Baton"]:visible')
  return {
    frame,
    field: (label: string) => frame.getByLabel(label, { exact: true }),
    button: (name: string | RegExp) => frame.getByRole('button', { name }),
    heading: (name: string | RegExp) => frame.getByRole('heading', { name }),
    text: (text: string | RegExp) => frame.getByText(text).first(),
  }
}

/** Opens the agent page as somebody, at a ticket. */
export async function openTicket(
  page: Page,
  url: string,
  { as, ticketId }: { as: number; ticketId: number },
): Promise<void> {
  await actAs(page, url, as)
  await page.goto(`${url}/agent/tickets/${ticketId}`)
}

/** From the next page on this browser is somebody else. */
export async function actAs(page: Page, url: string, userId: number): Promise<void> {
  // The page itself chooses who acts; nobody else may.
  await page.request.post(`${url}/agent/session`, {
    data: { user_id: userId },
    headers: { origin: url },
    failOnStatusCode: true,
  })
}
