import type { Answer, CommandName } from '../../core/command/forms.ts'
import { type Agent, agentOf } from '../support/agent.ts'
import { type HandOver, sendHandOver } from '../support/hand-overs.ts'
import type { LocalZendesk } from '../zendesk/server.ts'

type Step = { [N in CommandName]: { when: string; say: N; answer: Partial<Answer<N>> } }[CommandName]

/** What the receiving tier says, each once the ticket shows the stage before. */
const STEPS: readonly Step[] = [
  { when: 'baton_stage_requested', say: 'accept', answer: {} },
  { when: 'baton_stage_accepted', say: 'progress', answer: { status: 'fixing', actions_taken: ['Read the logs'] } },
  {
    when: 'baton_stage_fixing',
    say: 'resolve',
    answer: {
      ...{ root_cause: 'A stale cache', resolution: 'fixed_in_code', fix: 'The cache is emptied' },
      ...{ article: 'not_needed', article_reason: 'Nothing to do for customers' },
    },
  },
]

const RECEIVERS: Readonly<Record<string, string>> = { 'Identity specialists': 'Elif', 'Data specialists': 'Gus' }

/** Where work on one ticket stands. `steps` is how far the receiving tier goes with it. */
type Work = { handOver: HandOver; receiver: Agent; steps: number; done: number; isSent: boolean }

/** Agents who escalate tickets, accept them, report and resolve, looking at nothing but Zendesk. */
export type People = {
  /** Escalates so many more tickets and says whatever can be said by now; answers how many updates they made. */
  act(notes: number): Promise<number>
  /** How many things are still to be said. */
  left(): number
  /** How far the receiving tier is to go with a ticket: 1 accepts, 2 reports, 3 resolves. */
  stepsOf(ticketId: number): number
}

/** @param stepsOf how far each ticket goes, by its place among them */
export function createPeople(
  zendesk: LocalZendesk,
  handOvers: readonly HandOver[],
  stepsOf: (index: number) => number,
): People {
  const works = handOvers.map((handOver, index): Work => {
    const receiver = agentOf(zendesk, RECEIVERS[handOver.group]!)
    return { handOver, receiver, steps: stepsOf(index), done: 0, isSent: false }
  })

  async function next({ handOver: { ticketId }, receiver, done, steps }: Work): Promise<boolean> {
    const step = done < steps ? STEPS[done]! : null
    if (!step || !zendesk.world.state.tickets[ticketId]!.tags.includes(step.when)) return false
    const sent = await receiver.say(ticketId, step.say, step.answer as Partial<Answer<typeof step.say>>)
    if (sent.kind !== 'sent') throw new Error(`${step.say} on ticket ${ticketId}: ${sent.failure} ${sent.detail}`)
    return true
  }

  return {
    async act(notes) {
      const sending = works.filter(({ isSent }) => !isSent).slice(0, notes)
      const saying = works.filter(({ isSent }) => isSent)
      const sent = sending.map(async (work) => {
        const outcome = await sendHandOver(work.handOver)
        if (outcome !== 'sent') throw new Error(`Ticket ${work.handOver.ticketId} was not escalated: ${outcome}`)
        work.isSent = true
      })
      const said = saying.map(async (work) => {
        if (!(await next(work))) return 0
        work.done += 1
        return 1
      })
      await Promise.all(sent)
      return sent.length + (await Promise.all(said)).reduce((sum: number, one) => sum + one, 0)
    },
    left: () => works.reduce((sum, { isSent, steps, done }) => sum + (isSent ? 0 : 1) + steps - done, 0),
    stepsOf: (ticketId) => works.find(({ handOver }) => handOver.ticketId === ticketId)!.steps,
  }
}
