/** Baton's ticket fields that are drop-downs: their values are option tags, and Zendesk puts the tag on the ticket too. */
export const OPTION_FIELDS = ['tier', 'queue', 'stage', 'severity'] as const
export type OptionField = (typeof OPTION_FIELDS)[number]

/**
 * The option tag of a value: `('queue', 'identity-sso')` → `baton_queue_identity-sso`. Ids are written as they are, so
 * that `identity-sso` and `identity_sso` stay two queues; Zendesk takes hyphens in tags.
 */
export function optionTag(field: OptionField, value: string | number): string {
  return `baton_${field}_${String(value).toLowerCase()}`
}

export function isOptionField(field: string): field is OptionField {
  return (OPTION_FIELDS as readonly string[]).includes(field)
}

/** A tag that Zendesk puts on the ticket for one of our drop-downs. */
export function isOptionTag(tag: string): boolean {
  return OPTION_FIELDS.some((field) => tag.startsWith(optionTag(field, '')))
}
