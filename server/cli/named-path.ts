import path from 'node:path'

/**
 * A path as the person meant it: `npm run` changes into the project's folder first and leaves where they were in
 * `INIT_CWD`.
 */
export function namedPath(name: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env
  return script === 'baton' && from ? path.resolve(from, name) : path.resolve(name)
}
