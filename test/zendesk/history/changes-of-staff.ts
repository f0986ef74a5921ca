import { DAY_MS, type Instant } from '../../../core/units.ts'
import type { Scene } from './scene.ts'
import { WELCOMING } from './staff.ts'

/** An agent who leaves and is deleted, and a group that gets another name: reports have to read right all the same. */
export function changesOfStaff(scene: Scene, { from, until }: { from: Instant; until: Instant }) {
  const { agenda, staff, world } = scene
  const { state } = world
  const leaver = staff.front.at(-3)!.user
  const lastDay = from + 0.6 * (until - from)
  agenda.at(lastDay, () => {
    leaver.active = false
    leaver.updated_at = scene.now()
    for (const { id, user_id } of Object.values(state.memberships))
      if (user_id === leaver.id) delete state.memberships[id]
  })

  const group = state.groups[scene.groupId(WELCOMING)]
  agenda.at(from + 0.5 * (until - from), () => {
    if (group) Object.assign(group, { name: 'Customer onboarding', updated_at: scene.now() })
  })
  return { leavesAt: new Map([[leaver.id, lastDay - 14 * DAY_MS]]) }
}
