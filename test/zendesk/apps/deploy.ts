import type { App } from '../state/model.ts'
import type { World } from '../world.ts'
import { BadPackage, unpack } from './package.ts'
import { validateApp } from './validate.ts'

/**
 * Makes an app of a zip, or gives an app its new version. Installations and their settings stay as they are.
 *
 * @throws {BadPackage} with every reason why Zendesk's validator would refuse it
 */
export function deployApp(world: World, zip: Uint8Array, options: { name?: string; appId?: number } = {}): App {
  const files = unpack(zip)
  const { problems, manifest } = validateApp(files)
  if (problems.length > 0 || !manifest) throw new BadPackage(problems.join('\n'))
  const before = options.appId === undefined ? undefined : world.state.apps[options.appId]
  const app: App = {
    ...before,
    id: before?.id ?? world.nextId('app'),
    name: options.name ?? before?.name ?? manifest.name ?? 'App',
    manifest,
    files: Object.fromEntries(
      Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]),
    ),
  }
  world.state.apps[app.id] = app
  return app
}
