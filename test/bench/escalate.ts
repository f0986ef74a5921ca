import { setTimeout as delay } from 'node:timers/promises'
import { agentOf } from '../support/agent.ts'
import { createRunningClock } from '../support/clock.ts'
import { startLocalBaton } from '../support/local-baton.ts'
import { aNote } from '../support/notes.ts'
import { temporaryHome } from '../support/temporary-home.ts'
import { createTicket } from '../zendesk/tickets/create.ts'
import type { BenchRow } from './row.ts'

const HAND_OVERS = 100
const LIMIT_MS = 1500

/**
 * From the agent's click until group, tags and decision are on the ticket: sidebar code, local Zendesk, webhook, database
 * and update, one hand-over after the other. The reference is the part that no server of ours can change: the agent's
 * own update, with the reads before it.
 */
export async function benchEscalate(): Promise<BenchRow[]> {
  const free = { accountPerMinute: 1e6, sessionPer5Minutes: 1e6, ticketUpdatesPerMinute: 1e6 }
  const home = temporaryHome('baton-bench-')
  await using local = await startLocalBaton({
    clock: createRunningClock(),
    databaseUrl: null,
    home,
    zendesk: { limits: free },
  })
  const { world } = local.zendesk
  const ana = agentOf(local.zendesk, 'Ana')
  const support = Object.values(world.state.groups).find(({ name }) => name === 'Support')!

  const whole: number[] = []
  const own: number[] = []
  for (let count = 0; count < HAND_OVERS; count++) {
    const { ticket } = createTicket(world, { subject: `SSO login fails, no ${count}`, group_id: support.id }, ana.user)
    const startedAt = performance.now()
    const outcome = await ana.send(ticket.id, aNote())
    if (outcome.kind !== 'sent') throw new Error(`A hand-over was not sent: ${JSON.stringify(outcome)}`)
    own.push(performance.now() - startedAt)
    while (!world.state.tickets[ticket.id]!.tags.includes('baton_tier_2')) {
      if (performance.now() - startedAt > 30_000) throw new Error('A hand-over did not arrive within 30 s')
      await delay(5)
    }
    whole.push(performance.now() - startedAt)
  }
  return [50, 95].map((percent) => {
    const ms = percentile(whole, percent)
    return {
      what: `escalate until routed, p${percent}`,
      size: `${HAND_OVERS} hand-overs, one after the other`,
      result: `${Math.round(ms)} ms`,
      reference: `the agent’s own update: ${Math.round(percentile(own, percent))} ms`,
      ratio: percent === 95 ? `${(ms / LIMIT_MS).toFixed(2)} of 1.5 s` : ms / percentile(own, percent),
    }
  })
}

function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)]!
}
