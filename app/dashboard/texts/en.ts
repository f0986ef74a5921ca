/** Every text of the page. `{name}` is filled in. */
export const en = {
  'shell.title': 'Escalations',
  'shell.person': '{name} · {role}',
  'role.agent': 'agent',
  'role.lead': 'lead',
  'role.admin': 'admin',
  'shell.outside.title': 'Open Baton from Zendesk',
  'shell.outside.text': 'This page opens from the Baton icon in the navigation bar of Zendesk.',
}

export type DeskKey = keyof typeof en
export type DeskTexts = Readonly<Record<DeskKey, string>>
