import type { Session } from '../session/session.ts'

/** A list of tickets, given as a search. */
export type View = { id: string; title: string; query: string; isGroup: boolean }

/** The lists an agent chooses from. */
export function viewsOf({ me, groups }: Session): View[] {
  return [
    { id: 'mine', title: 'Your unsolved tickets', query: `assignee:${me.id} status<solved`, isGroup: false },
    { id: 'unassigned', title: 'Unassigned tickets', query: 'assignee:none status<solved', isGroup: false },
    { id: 'unsolved', title: 'All unsolved tickets', query: 'status<solved', isGroup: false },
    { id: 'escalated', title: 'Escalated tickets', query: 'tags:baton', isGroup: false },
    { id: 'recent', title: 'Recently solved tickets', query: 'status:solved', isGroup: false },
    ...groups.map((group) => ({
      id: `group-${group.id}`,
      title: group.name,
      query: `group:${group.id} status<solved`,
      isGroup: true,
    })),
  ]
}
