import assert from 'node:assert/strict'
import type { Page } from 'playwright/test'
import type { User } from '../zendesk/state/model.ts'
import { deskOf } from './desk.ts'
import { expect } from './expect.ts'
import { findBy } from './find-by.ts'
import { actAs } from './sidebar.ts'
import type { Demo } from './start-demo.ts'
import type { Step } from './story.ts'

const TITLE = /Password reset mails of one customer never arrive/

/** What the resolution taught is a draft for agents until a person has read it. */
export function articleSteps({ zendesk }: Demo, page: Page): Step[] {
  const { state } = zendesk.world
  const desk = deskOf(page)
  const article = page.getByRole('article')

  return [
    [
      'Jo sees that an article is owed: Baton has drafted it, and nobody has published it',
      async () => {
        await sitDown()
        await desk.goTo('Deflection')
        const owed = desk.tile('Articles that are owed')
        await expect(owed).toContainText('1 owed, 0 of them overdue.')
        await expect(owed.getByRole('row').filter({ hasText: 'drafted, not published' })).toContainText('Ivo Marek')
      },
    ],
    [
      'In the Help Center it is a draft for agents alone, without a word of who the customer was; she publishes it',
      async () => {
        await page.getByRole('button', { name: 'Help Center', exact: true }).click()
        await page.getByRole('list', { name: 'Drafts' }).getByRole('button', { name: TITLE }).click()
        await expect(article.getByText(/^Draft · Visible to a user segment/)).toBeVisible()
        await expect(article.getByText('The relay drops headers beyond 8 KB')).toBeVisible()
        const text = await article.innerText()
        assert.doesNotMatch(text, /Wonka|Carla|carla@/)
        await article.getByRole('button', { name: 'Publish', exact: true }).click()
        await expect(article.getByText(/^Published · Visible to a user segment/)).toBeVisible()
        await expect(page.getByRole('list', { name: 'Published' }).getByRole('button', { name: TITLE })).toBeVisible()
      },
    ],
    [
      'A quarter of an hour later Baton has seen it: nothing is owed any more',
      async () => {
        await page.getByRole('button', { name: '+15 min', exact: true }).click()
        await desk.open()
        await desk.goTo('Now')
        await desk.goTo('Deflection')
        await expect(desk.tile('Articles that are owed').getByText('Nothing is owed', { exact: true })).toBeVisible()
      },
    ],
  ]

  async function sitDown(): Promise<void> {
    const jo = findBy<User>(state.users, ({ name }) => name === 'Jo Fraser')
    await actAs(page, zendesk.url, jo.id)
    await page.goto(`${zendesk.url}/agent`)
    await desk.open()
  }
}
