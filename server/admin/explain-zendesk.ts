import type { ZendeskError } from '../zendesk/error.ts'

/** What Zendesk's failure means for whoever sets Baton up, and what to do about it. */
export function explainZendesk(error: ZendeskError, zendeskUrl: string): string {
  const { failure, reason, message } = error
  if (reason === 'not-signed-in') {
    return `Zendesk at ${zendeskUrl} does not accept the OAuth client. Check ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET.`
  }
  if (reason === 'insufficient-scope') {
    return `The OAuth client lacks a scope (${message}). Give it read and write in Admin Center › Apps and integrations › OAuth clients.`
  }
  if (failure === 'denied') {
    return `Zendesk does not allow Baton’s user to do this (${message}). Make the user who owns the OAuth client an admin.`
  }
  if (failure === 'not-found') {
    return `Zendesk at ${zendeskUrl} does not know ${message.replace(/ answered.*/, '')}. Check ZENDESK_SUBDOMAIN and the account’s plan.`
  }
  if (reason === 'network' || reason === 'timeout') {
    return `Zendesk cannot be reached at ${zendeskUrl} (${message}). Check ZENDESK_SUBDOMAIN and the network, then run this again.`
  }
  if (failure === 'rejected')
    return `Zendesk refused a change (${message}). What was done stays; run this again once it is mended.`
  return `Zendesk did not answer as it should (${message}). What was done stays; run this again to go on.`
}
