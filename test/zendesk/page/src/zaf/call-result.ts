import { type ActionSurface, runAction } from './actions.ts'
import type { Directory } from './directory.ts'
import { type AppInstance, contextOf } from './instance.ts'
import { ActionFailure, type AppCall, type CallResult, pathError } from './protocol.ts'
import { readPath } from './read-paths.ts'
import { writePath } from './write-paths.ts'

export type Surroundings = {
  instances: Map<string, AppInstance>
  directory: Directory
  colorScheme: () => 'light' | 'dark'
  isTrayVisible: () => boolean
  surface: ActionSurface
}

/** Carries out a `get`, `set` or `invoke`: a value for each path, or why there is none. */
export function resultOf(about: AppInstance, { request, params }: AppCall, around: Surroundings): CallResult {
  const result: CallResult = { errors: {} }
  const each = (path: string, run: () => unknown) => {
    try {
      result[path] = run() ?? null
    } catch (error) {
      result.errors[path] = pathError(path, error)
    }
  }
  if (request === 'get') for (const path of params as string[]) each(path, () => readOrFail(about, path, around))
  if (request === 'set') {
    for (const [path, value] of Object.entries(params as object)) {
      each(path, () => {
        writePath(path, value, about.ticket, around.directory)
        return value
      })
    }
  }
  if (request === 'invoke') {
    for (const [name, args] of Object.entries(params as Record<string, unknown[]>)) {
      each(name, () => runAction(name, args, about, around.surface))
    }
  }
  return result
}

function readOrFail(about: AppInstance, path: string, around: Surroundings): unknown {
  const value =
    path === 'instances' || path.startsWith('instances.')
      ? instancesAt(path, about, around)
      : readPath(path, {
          instance: about,
          directory: around.directory,
          colorScheme: around.colorScheme(),
          isTrayVisible: around.isTrayVisible(),
        })
  if (value === undefined) throw new ActionFailure('is not available in the current context')
  return value
}

/** Apps see the instances of their own installation only. */
function instancesAt(path: string, about: AppInstance, { instances, directory }: Surroundings): unknown {
  const own = [...instances.values()].filter((one) => one.installation.id === about.installation.id)
  const contexts = Object.fromEntries(own.map((one) => [one.guid, contextOf(one, directory.account.subdomain)]))
  return path === 'instances' ? contexts : contexts[path.slice('instances.'.length)]
}
