/** Baton's ticket fields that are drop-downs: their values are option tags, and Zendesk puts the tag on the ticket too. */
export const OPTION_FIELDS = ['tier', 'queue', 'stage', 'severity'] as const
export type OptionField = (typeof OPTION_FIELDS)[number]

/** The option tag of a value: `('queue', 'identity-sso')` → `baton_queue_identity_sso`. */
export function optionTag(field: OptionField, value: string | number): string {
  return `baton_${field}_${String(value).toLowerCase().replaceAll('-', '_')}`
}

export function isOptionField(field: string): field is OptionField {
  return (OPTION_FIELDS as readonly string[]).includes(field)
}
