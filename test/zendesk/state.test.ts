import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createStoppedClock } from '../support/clock.ts'
import { newUser } from './people/new-user.ts'
import { createWorld } from './state/create-world.ts'
import { createState, loadState, saveState } from './state/store.ts'
import { createTicket } from './tickets/create.ts'

describe('ids', () => {
  it('are small and rising for tickets, 13 to 14 digits for the rest', () => {
    const { nextId } = createWorld({ state: createState() })
    expect([nextId('ticket'), nextId('ticket')]).toEqual([1, 2])
    const ids = Array.from({ length: 100 }, () => nextId('user'))
    expect(ids.every((id) => /^\d{13,14}$/.test(String(id)))).toBe(true)
    expect([...ids].sort((a, b) => a - b)).toEqual(ids)
    expect(new Set(ids).size).toBe(100)
  })

  it('are the same for the same seed, and others for another', () => {
    const draw = (seed: number) => {
      const world = createWorld({ clock: createStoppedClock(0), state: createState({ seed }) })
      return [world.nextId('user'), world.nextUlid(), world.nextToken(40)]
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)[1]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  })
})

describe('saving', () => {
  it('brings the whole account back', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'local-zendesk-'))
    try {
      const file = path.join(folder, 'account.json')
      const world = createWorld({ clock: createStoppedClock('2026-03-06 10:00Z') })
      newUser(world, { name: 'Jane', email: 'jane@acme.example' })
      createTicket(world, { subject: 'x' })
      await saveState(world.state, file)
      expect(await loadState(file)).toEqual(world.state)

      await writeFile(file, '{"tickets":{}}')
      await expect(loadState(file)).rejects.toThrow('Not a saved account')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
