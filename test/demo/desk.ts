import type { Page } from 'playwright/test'
import { expect } from './expect.ts'

/** The page in the navigation bar as a person finds it, by labels and roles. */
export type Desk = ReturnType<typeof deskOf>

export function deskOf(page: Page) {
  const frame = page.frameLocator('iframe[data-location="nav_bar"]')
  const main = frame.getByRole('main')
  const link = (tab: string) => frame.getByRole('navigation').getByRole('link', { name: tab, exact: true })
  return {
    frame,
    main,
    link,
    tile: (title: string) => main.getByRole('article', { name: title, exact: true }),
    heading: (name: string | RegExp) => main.getByRole('heading', { name }),
    tickets: () => main.getByRole('link', { name: /^#\d+$/ }),

    /** By its icon. */
    async open(): Promise<void> {
      await page.getByRole('button', { name: 'Baton', exact: true }).click()
      await expect(link('Now')).toBeVisible()
    },

    async goTo(tab: string): Promise<void> {
      await link(tab).click()
      await expect(link(tab)).toHaveAttribute('aria-current', 'page')
    },
  }
}
