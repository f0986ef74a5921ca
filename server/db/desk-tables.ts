/** A token with which Zendesk opened the page; none opens it twice while it would still be valid. */
export type DeskSignInTable = { account_id: number; token_hash: string; expires_at: number }
