/** What a key may do. `write` changes tickets or tells people; neither holds the other. */
export const SCOPES = ['read', 'write'] as const
export type Scope = (typeof SCOPES)[number]
