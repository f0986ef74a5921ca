import { type Clock, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { createKeptAnswers } from '../api/kept-answers.ts'
import type { ZendeskClient } from '../zendesk/client.ts'

/** Installations of our app in an account, and the keys with which Zendesk signs for them. */
export type Installations = {
  /** The app of an installation that names this server; null when there is none with this id. */
  appOf(accountId: number, installationId: number, zendesk: ZendeskClient): Promise<number | null>
  /** As PEM. `afresh`: it did not fit, and may have been replaced. */
  keyOf(accountId: number, appId: number, zendesk: ZendeskClient, afresh?: boolean): Promise<string>
}

const LISTED_MS = 10 * MINUTE_MS
const KEY_KEPT_MS = HOUR_MS
/** Whoever sends tokens that do not fit makes us ask Zendesk this often and no more. */
const LEAST_BETWEEN_MS = 30 * SECOND_MS
const MOST_KEPT = 200

/**
 * @param publicUrl where we are; an installation is ours when its setting `server_url` says so. Any other app of the
 * account has tokens of Zendesk's too, and they open nothing here.
 */
export function createInstallations(clock: Clock, publicUrl: () => string): Installations {
  const lists = createKeptAnswers<Map<number, number>>(clock, LISTED_MS, MOST_KEPT)
  const newLists = createKeptAnswers<Map<number, number>>(clock, LEAST_BETWEEN_MS, MOST_KEPT)
  const keys = createKeptAnswers<string>(clock, KEY_KEPT_MS, MOST_KEPT)
  const newKeys = createKeptAnswers<string>(clock, LEAST_BETWEEN_MS, MOST_KEPT)
  return { appOf, keyOf }

  async function appOf(accountId: number, installationId: number, zendesk: ZendeskClient): Promise<number | null> {
    const known = (await lists.get(`${accountId}`, () => ours(zendesk))).get(installationId)
    if (known !== undefined) return known
    return (await newLists.get(`${accountId}`, () => ours(zendesk))).get(installationId) ?? null
  }

  async function keyOf(accountId: number, appId: number, zendesk: ZendeskClient, afresh = false): Promise<string> {
    return (afresh ? newKeys : keys).get(`${accountId}/${appId}`, () => zendesk.getAppPublicKey(appId))
  }

  async function ours(zendesk: ZendeskClient): Promise<Map<number, number>> {
    const all = await zendesk.listAppInstallations()
    const named = all.filter(({ isEnabled, settings }) => isEnabled && isHere(settings.server_url))
    return new Map(named.map(({ id, appId }) => [id, appId]))
  }

  function isHere(address: unknown): boolean {
    return (
      typeof address === 'string' && URL.canParse(address) && new URL(address).origin === new URL(publicUrl()).origin
    )
  }
}
