import type { CommandName } from '../../core/command/forms.ts'
import { commandsIn } from '../../core/escalation/life.ts'
import { type Escalation, isOpen } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { standingOf, type ViewerReading } from './viewers.ts'

const APPROVALS: readonly CommandName[] = ['approve', 'reject']

/** What whoever looks may say now, for the sidebar to offer it. */
export function mayOf(escalation: Escalation, viewer: ViewerReading, policy: Policy): CommandName[] {
  if (viewer === null || !isOpen(escalation)) return []
  const isLight = viewer !== 'unknown' && viewer.author.isLightAgent
  const isWaiting = escalation.approval?.state === 'pending'
  return commandsIn(escalation.stage, standingOf(viewer, escalation, policy)).filter((command) =>
    APPROVALS.includes(command) ? isWaiting : !isLight,
  )
}
