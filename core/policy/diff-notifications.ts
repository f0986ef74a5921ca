import { listed, same, single } from './differences.ts'
import type { Policy } from './policy.ts'

/** What differs between two policies about who is told what, and how. */
export function diffNotifications(before: Policy, after: Policy): string[] {
  const [old, now] = [before.notifications, after.notifications]
  return [
    ...listed('channels', Object.entries(before.channels), Object.entries(after.channels), ([name]) => name),
    ...single('notifications', modeOf(before), modeOf(after)),
    ...single('notifications, language', old.locale, now.locale),
    ...(same(old.rules, now.rules) ? [] : ['notifications, what is sent: changed']),
    ...(same(old.people, now.people) ? [] : ['notifications, people: changed']),
    ...listed('roles', Object.entries(old.roles), Object.entries(now.roles), ([role]) => role),
    ...listed('templates', Object.entries(old.templates), Object.entries(now.templates), ([locale]) => locale),
  ]
}

function modeOf({ notifications }: Policy): string {
  return notifications.dryRun ? 'a dry run' : 'sent'
}
