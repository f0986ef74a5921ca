import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aNote } from '../../core/notice/notices.ts'
import { type NoticeWorld, startNotices } from './notice-world.ts'

let world: NoticeWorld
beforeEach(async () => {
  world = await startNotices({
    policy: `  notifications:
    roles: { director: vera@northwind.example }
    send: [{ kind: handoff, to: director, over: [slack, pagerduty, email] }]\n`,
  })
})
afterEach(() => world[Symbol.asyncDispose]())

describe('the pages of the local channels', () => {
  it('show what came, and run nothing of it', async () => {
    const note = aNote()
    const issue = { ...note.issue, summary: 'Login fails <img src=x onerror=alert(1)>' }
    await world.request({ note: { issue } })
    await world.settle()
    for (const { url } of [world.slack, world.pagerduty, world.smtp]) {
      const page = await (await fetch(url)).text()
      expect(page, url).toContain('Login fails')
      expect(page, url).not.toContain('<img')
      expect(page, url).toMatch(/<html lang="en">.*<main><h1>/)
    }
  })
})
