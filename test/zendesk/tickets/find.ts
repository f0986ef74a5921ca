import type { Request, Response } from 'express'
import { callerOf } from '../http/allow.ts'
import { readId } from '../http/parameters.ts'
import { notFound } from '../http/refused.ts'
import { canSee } from '../people/roles.ts'
import type { Ticket, User } from '../state/model.ts'
import type { World } from '../world.ts'

/** The ticket in the path. @throws {Refused} 404 when it is missing, deleted, or hidden from the caller */
export function findTicket(world: World, req: Request, res: Response, endpoint: string): Ticket {
  const ticket = visibleTicket(world, callerOf(res).user, readId(req, endpoint))
  if (!ticket) throw notFound()
  return ticket
}

export function visibleTicket(world: World, user: User, id: number): Ticket | null {
  const ticket = world.state.tickets[id]
  if (!ticket || ticket.status === 'deleted' || !canSee(world.state, user, ticket)) return null
  return ticket
}

export function visibleTickets(world: World, user: User): Ticket[] {
  return Object.values(world.state.tickets).filter(
    (ticket) => ticket.status !== 'deleted' && canSee(world.state, user, ticket),
  )
}
