import { importPKCS8, SignJWT } from 'jose'
import { SECOND_MS } from '../../../core/units.ts'
import { appKeys } from '../apps/keys.ts'
import type { User } from '../state/model.ts'
import type { World } from '../world.ts'

/** How long a signed URL's token holds. */
const TOKEN_LIFE_S = 5 * 60

/**
 * The token with which Zendesk opens a `signed` location: it says who opens what, and only Zendesk can have made it.
 * Null when the installation or its app does not exist.
 *
 * Source: https://developer.zendesk.com/documentation/apps/build-an-app/building-a-server-side-app/part-5-secure-the-app/
 */
export async function signLocation(
  world: World,
  user: User,
  { installationId, location }: { installationId: number; location: string },
): Promise<string | null> {
  const installation = world.state.installations[installationId]
  const app = installation && world.state.apps[installation.app_id]
  if (!installation?.enabled || !app) return null

  const host = `${world.state.account.subdomain}.zendesk.com`
  const now = Math.floor(world.clock.now() / SECOND_MS)
  return new SignJWT({ context: { product: 'support', location } })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(host)
    .setAudience(`https://${host}/api/v2/apps/installations/${installation.id}.json`)
    .setSubject(`https://${host}/api/v2/users/${user.id}.json`)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + TOKEN_LIFE_S)
    .setJti(world.nextToken(32))
    .sign(await importPKCS8(appKeys(world, app.id).privateKey, 'RS256'))
}
