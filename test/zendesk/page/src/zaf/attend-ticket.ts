import type { TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { changesBetween } from './change-events.ts'
import type { Directory } from './directory.ts'
import type { AppInstance } from './instance.ts'
import type { SaveHook } from './save-hook.ts'
import type { Subscriptions } from './subscriptions.ts'

export type Attendance = {
  instances: Map<string, AppInstance>
  subscriptions: Subscriptions
  saveHook: SaveHook
  directory: Directory
  emit(instance: AppInstance, event: string, message?: unknown): void
  close(instance: AppInstance): void
}

/** Connects a ticket with its apps for as long as it is open. Answers what ends it, and them. */
export function attendTicket(store: TicketStore, host: Attendance): () => void {
  const { instances, subscriptions, saveHook, directory, emit, close } = host
  const mine = () => [...instances.values()].filter((instance) => instance.ticket === store)
  const listensToSave = ({ guid }: AppInstance) => subscriptions.windowsFor(guid, 'ticket.save').includes(guid)

  store.setHooks({
    ask: () => saveHook.ask(mine().filter(listensToSave)),
    announce(event) {
      for (const instance of mine()) emit(instance, `ticket.submit.${event}`)
    },
  })

  let before: TicketSnapshot = store.snapshot()
  const stopChanges = store.subscribe(() => {
    const after = store.snapshot()
    const changes = changesBetween(before, after, directory)
    before = after
    for (const { event, value, propertyName } of changes) {
      for (const instance of mine()) {
        emit(instance, event, value)
        emit(instance, '*.changed', { propertyName, newValue: value })
      }
    }
  })
  const stopUpdates = store.onUpdatedByOther((userId) => {
    const person = store.snapshot().people[userId]
    const user = person ? { id: person.id, name: person.name, email: person.email } : { id: userId, name: 'System' }
    for (const instance of mine()) emit(instance, 'ticket.updated', user)
  })

  return () => {
    stopChanges()
    stopUpdates()
    for (const instance of mine()) close(instance)
  }
}
