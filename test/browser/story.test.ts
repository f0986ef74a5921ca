import { expect, it } from 'vitest'
import { startDemo } from '../demo/start-demo.ts'
import { playStory } from '../demo/story.ts'
import { createTestDatabase } from '../support/database.ts'

it('plays the main job in a browser: a note that nobody answers, an escalation that goes the whole way, and what both come to in figures', async () => {
  await using database = await createTestDatabase()
  await using local = await startDemo({ databaseUrl: database.url, home: '/nonexistent' })
  expect(await playStory(local)).toBe(true)
})
