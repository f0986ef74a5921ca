import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStoppedClock } from '../../support/clock.ts'
import { newUser } from '../people/new-user.ts'
import { createWorld } from '../state/create-world.ts'
import type { Ticket, Trigger } from '../state/model.ts'
import type { UpdateInProgress } from '../world.ts'
import { runTriggers } from './run.ts'

const TAGS = ['a', 'b', 'c', 'd']
const tags = fc.subarray(TAGS, { minLength: 1 })

/** Any trigger over four tags: all, any, and one action that adds, removes or replaces. */
const triggers = fc.array(
  fc.record({
    position: fc.integer({ min: 1, max: 5 }),
    operator: fc.constantFrom('includes', 'not_includes'),
    when: tags,
    action: fc.constantFrom('current_tags', 'remove_tags', 'set_tags'),
    words: tags,
  }),
  { maxLength: 8 },
)

describe('the walk through the triggers', () => {
  it('ends for any triggers, runs none twice, and stops where no further one holds', () => {
    fc.assert(
      fc.property(triggers, fc.subarray(TAGS), (rules, given) => {
        const world = createWorld({ clock: createStoppedClock('2026-03-06 10:00Z') })
        rules.forEach((rule, index) => {
          const id = index + 1
          world.state.triggers[id] = {
            ...{
              id,
              title: String(id),
              description: null,
              active: true,
              default: false,
              category_id: '1',
              revision: 1,
            },
            ...{ position: rule.position, created_at: 0, updated_at: 0 },
            conditions: {
              all: [{ field: 'current_tags', operator: rule.operator, value: rule.when.join(' ') }],
              any: [],
            },
            actions: [{ field: rule.action, value: rule.words.join(' ') }],
          } as Trigger
        })
        const ran: number[] = []
        const ticket = { tags: [...given], status: 'open' } as unknown as Ticket
        runTriggers(world, {
          ...{ ticket, before: ticket, comment: null, isCreate: false },
          ...{ actor: newUser(world, { name: 'A', email: 'a@acme.example', role: 'agent' }) },
          change(_field, value, via) {
            ran.push(Number(via.source.from.id))
            ticket.tags = value as string[]
            return true
          },
        } as UpdateInProgress)

        expect(new Set(ran).size).toBe(ran.length)
        for (const [index, { operator, when }] of rules.entries()) {
          const holds = when.some((tag) => ticket.tags.includes(tag)) === (operator === 'includes')
          expect(holds && !ran.includes(index + 1)).toBe(false)
        }
      }),
      { numRuns: 300 },
    )
  })
})
