import type { AppFiles } from '../app-files.ts'
import { lintContent } from './content.ts'
import { error, type LintFinding } from './finding.ts'
import { lintImages } from './images.ts'
import { type JsonObject, readJsonObject } from './json-file.ts'
import { lintManifest } from './manifest.ts'
import { lintRequirements } from './requirements.ts'
import { lintTranslations } from './translations.ts'

/**
 * Checks an app package offline by the rules of Zendesk's own validator, which can only be asked with an account, and
 * by a few of ours: no secrets, no source maps, logos of the right size. Errors first. A package without errors is
 * expected to be accepted; warnings never stop anything.
 */
export function lintApp(files: AppFiles): LintFinding[] {
  const findings: LintFinding[] = []
  const manifest = readOptional('manifest.json')
  const requirements = readOptional('requirements.json')

  if (!files.has('manifest.json')) findings.push(missingManifest(files))
  if (manifest) findings.push(...lintManifest(manifest, files))
  if (requirements) findings.push(...lintRequirements(requirements, manifest))
  if (manifest?.requirementsOnly === true && !files.has('requirements.json')) {
    findings.push(error('requirements', 'requirements.json', 'A requirements-only app needs this file.'))
  }
  findings.push(...lintTranslations(files, manifest), ...lintImages(files), ...lintContent(files))
  return findings.toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1))

  function readOptional(file: string): JsonObject | null {
    const content = files.get(file)
    if (!content) return null
    const { object, findings: unreadable } = readJsonObject(file, content)
    findings.push(...unreadable)
    return object
  }
}

function missingManifest(files: AppFiles): LintFinding {
  const nested = [...files.keys()].find((file) => /^[^/]+\/manifest\.json$/.test(file))
  if (!nested)
    return error(
      'manifest-missing',
      'manifest.json',
      'There is no manifest.json at the top; is this the folder of an app?',
    )
  const folder = nested.slice(0, nested.indexOf('/'))
  const message = `The manifest is one folder down; package the content of ${folder}/, not the folder itself.`
  return error('manifest-nested', nested, message)
}
