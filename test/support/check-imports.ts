/** Fails when an import points the wrong way: app → core ← server, test → all, and core on core, zod and (policy alone) yaml. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const AREAS = ['core', 'server', 'app', 'test'] as const
const MAY_IMPORT: Record<(typeof AREAS)[number], string[]> = {
  core: ['core'],
  server: ['core', 'server'],
  app: ['core', 'app'],
  test: ['core', 'server', 'app', 'test'],
}
/** Parts of the server that know nobody else in it. */
const LEAVES = ['server/db/', 'server/zendesk/']

const problems: string[] = []
for (const area of AREAS) {
  for (const entry of readdirSync(path.join(root, area), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
    const file = path.join(entry.parentPath, entry.name)
    for (const [, from] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^'\s]+)'/g)) {
      check(path.relative(root, file), from!)
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}

function check(file: string, from: string): void {
  const area = file.split('/')[0] as (typeof AREAS)[number]
  if (!from.startsWith('.')) {
    if (area === 'core' && from !== 'zod' && !(from === 'yaml' && file.startsWith('core/policy/'))) {
      problems.push(`${file}: core may import zod (core/policy also yaml) and nothing else, not '${from}'`)
    }
    return
  }
  const target = path.join(path.dirname(file), from)
  const targetArea = target.split('/')[0]!
  if ((AREAS as readonly string[]).includes(targetArea) && !MAY_IMPORT[area].includes(targetArea)) {
    problems.push(`${file}: ${area} may not import ${targetArea} ('${from}')`)
  }
  const leaf = LEAVES.find((folder) => file.startsWith(folder))
  if (leaf && target.startsWith('server/') && !target.startsWith(leaf)) {
    problems.push(`${file}: ${leaf} may not import the rest of the server ('${from}')`)
  }
}
