import type { LifeView } from '../../core/contract/life.ts'
import { nextOnCall, type OnCall, whoIsOnCall } from '../../core/oncall/who.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'

type Duty = NonNullable<NonNullable<LifeView['onCall']>['now']>

/** Who is on call for a queue: by the first schedule that its steps name. Null where none does. */
export function onCallOf({ onCall }: Policy, queue: string, now: Instant): LifeView['onCall'] {
  const targets = (onCall.steps[queue] ?? []).flatMap(({ tell }) => tell)
  const named = targets.find((target) => 'schedule' in target)
  const schedule = onCall.schedules.find(({ id }) => id === named?.schedule)
  if (!schedule) return null
  return { now: dutyOf(whoIsOnCall(schedule, now)), next: dutyOf(nextOnCall(schedule, now)) }

  function dutyOf(found: OnCall | null): Duty | null {
    if (!found) return null
    const { person, since, until } = found
    const name = onCall.people.find(({ email }) => email === person)?.name ?? person
    return { person: name, from: isoOf(since), until: isoOf(until) }
  }
}

function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
