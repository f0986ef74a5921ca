import type { App, Installation } from '../state/model.ts'
import type { World } from '../world.ts'
import { createRequirements, removeRequirements } from './requirements.ts'

type Parameter = { name: string; type?: string; required?: boolean; secure?: boolean; default?: unknown }

/** Settings that can't be taken, each reason a sentence for the admin. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(problems.join(' '))
    this.problems = problems
  }
}

/**
 * Installs an app with its settings, and makes what its `requirements.json` asks for.
 *
 * @throws {BadSettings} when a setting is missing or of the wrong type, or a single-install app is installed already
 */
export function installApp(world: World, app: App, settings: Record<string, unknown> = {}): Installation {
  const others = Object.values(world.state.installations).filter((other) => other.app_id === app.id)
  if (app.manifest.singleInstall === true && others.length > 0) {
    throw new BadSettings(['The app can be installed only once.'])
  }
  const split = splitSettings(app, settings, null)
  const installation: Installation = {
    id: world.nextId('installation'),
    app_id: app.id,
    enabled: true,
    settings: { name: app.name, title: String(settings.name ?? app.name), ...split.open },
    secure_settings: split.secure,
    requirements: createRequirements(world, app),
  }
  world.state.installations[installation.id] = installation
  return installation
}

/** Changes settings; a secure one that is left blank keeps its value. */
export function changeSettings(world: World, installation: Installation, settings: Record<string, unknown>): void {
  const app = world.state.apps[installation.app_id]
  if (!app) throw new BadSettings(['The app of this installation was deleted.'])
  const split = splitSettings(app, { ...installation.settings, ...settings }, installation)
  installation.settings = { ...installation.settings, ...split.open }
  installation.secure_settings = split.secure
}

/** Uninstalls; what came with the app goes with it. */
export function uninstallApp(world: World, installation: Installation): void {
  removeRequirements(world, installation.requirements ?? [])
  delete world.state.installations[installation.id]
}

function splitSettings(app: App, given: Record<string, unknown>, before: Installation | null) {
  const open: Record<string, unknown> = {}
  const secure: Record<string, string> = {}
  const problems: string[] = []
  for (const parameter of parametersOf(app)) {
    const { name } = parameter
    const value = isBlank(given[name]) ? (before?.secure_settings[name] ?? parameter.default ?? null) : given[name]
    if (isBlank(value)) {
      if (parameter.required) problems.push(`The setting "${name}" is required.`)
      else if (!parameter.secure) open[name] = value
      continue
    }
    const problem = typeProblem(parameter, value)
    if (problem) problems.push(problem)
    else if (parameter.secure) secure[name] = String(value)
    else open[name] = value
  }
  if (!isBlank(given.name)) open.name = given.name
  if (!isBlank(given.title)) open.title = given.title
  if (problems.length > 0) throw new BadSettings(problems)
  return { open, secure }
}

function typeProblem({ name, type }: Parameter, value: unknown): string | null {
  if (type === 'number' && Number.isNaN(Number(value))) return `The setting "${name}" must be a number.`
  if (type === 'url' && !URL.canParse(String(value))) return `The setting "${name}" must be a URL.`
  if (type === 'checkbox' && !['true', 'false'].includes(String(value))) {
    return `The setting "${name}" must be true or false.`
  }
  return null
}

export function parametersOf(app: App): Parameter[] {
  return Array.isArray(app.manifest.parameters) ? (app.manifest.parameters as Parameter[]) : []
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
