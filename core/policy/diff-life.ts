import { same, single } from './differences.ts'
import type { Policy } from './policy.ts'

/** What differs between two policies about escalations that take long and about approvals. */
export function diffLife({ life: before }: Policy, { life: after }: Policy): string[] {
  return [
    ...(same(before.ageing, after.ageing) ? [] : ['ageing: changed']),
    ...single('rejected approvals', before.onRejected, after.onRejected),
  ]
}
