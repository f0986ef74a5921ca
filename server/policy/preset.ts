import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const folder = path.resolve(import.meta.dirname, '../../core/policy/presets')

/** Names of the policies that are ready to use. */
export function presetNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.basename(file, '.yaml'))
    .sort()
}

/**
 * The YAML of a ready policy, such as `three-tier`.
 *
 * @throws {Error} for a name that is not a preset; the message lists those that are
 */
export function readPreset(name: string): string {
  const names = presetNames()
  if (!names.includes(name)) throw new Error(`There is no ready policy "${name}"; there are ${names.join(', ')}`)
  return readFileSync(path.join(folder, `${name}.yaml`), 'utf8')
}
