import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { World } from '../world.ts'

/** The RS256 key pair of an app, as PEM. Zendesk signs the app's signed URLs with it; the public half is for everyone. */
export function appKeys(world: World, appId: number): { privateKey: string; publicKey: string } {
  const app = world.state.apps[appId]
  if (!app) throw new RangeError(`There is no app ${appId}`)
  app.private_key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string
  const publicKey = createPublicKey(app.private_key).export({ type: 'spki', format: 'pem' }) as string
  return { privateKey: app.private_key, publicKey }
}
