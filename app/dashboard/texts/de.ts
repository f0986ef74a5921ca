import type { DeskTexts } from './en.ts'

export const de: DeskTexts = {
  'shell.title': 'Eskalationen',
  'shell.person': '{name} · {role}',
  'role.agent': 'Agent',
  'role.lead': 'Leitung',
  'role.admin': 'Admin',
  'shell.outside.title': 'Öffnen Sie Baton in Zendesk',
  'shell.outside.text': 'Diese Seite öffnet sich über das Baton-Symbol in der Navigationsleiste von Zendesk.',
}
