import { expect, it } from 'vitest'
import { playStory } from '../demo/story.ts'
import { createRunningClock } from '../support/clock.ts'
import { createTestDatabase } from '../support/database.ts'
import { startLocalBaton } from '../support/local-baton.ts'

it('plays the main job in a browser, from the note to the specialists', async () => {
  await using database = await createTestDatabase()
  await using local = await startLocalBaton({
    clock: createRunningClock(),
    databaseUrl: database.url,
    home: '/nonexistent',
  })
  expect(await playStory(local)).toBe(true)
})
