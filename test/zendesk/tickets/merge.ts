import { refuseIfAny } from '../http/refused.ts'
import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
import { visibleTicket } from './find.ts'
import { type Writer, writeTicket } from './write.ts'

export type MergeInput = {
  source_comment?: string
  target_comment?: string
  source_comment_is_public?: boolean
  target_comment_is_public?: boolean
}

/** Closes the sources into the target, each with a comment; nothing is done when one of them can't be merged. */
export function mergeTickets(
  world: World,
  writer: Writer,
  target: Ticket,
  ids: number[],
  input: MergeInput,
): Record<string, unknown> {
  const sources = ids.map((id) => visibleTicket(world, writer.user, id))
  const isWrong = (one: Ticket | null) => one === null || one.id === target.id || one.status === 'closed'
  if (target.status === 'closed' || sources.length === 0 || sources.some(isWrong)) {
    refuseIfAny({ base: [{ description: 'Merge: source and target tickets must exist, differ and not be closed' }] })
  }
  const names = ids.map((id) => `#${id}`).join(', ')
  for (const source of sources as Ticket[]) {
    const body = input.source_comment ?? `This request was closed and merged into request #${target.id}.`
    const before = world.state.tickets[source.id]!
    writeTicket(world, writer, before, {
      status: 'closed',
      tags: [...before.tags, 'closed_by_merge'],
      comment: { body, public: input.source_comment_is_public ?? false },
    })
  }
  const body = input.target_comment ?? `Requests ${names} were closed and merged into this request.`
  const comment = { body, public: input.target_comment_is_public ?? false }
  writeTicket(world, writer, world.state.tickets[target.id]!, { comment })
  return { action: 'merge', status: 'Merged', success: true, id: target.id }
}
