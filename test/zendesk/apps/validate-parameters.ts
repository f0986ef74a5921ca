import { PARAMETER_SCOPES } from './placeholders.ts'
import { isObject } from './read-json.ts'

/** `password` was removed in 2026 and `dropdown` never existed. Source: zendesk_apps_support, manifest/parameter.rb. */
const TYPES = ['text', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'oauth']

const OAUTH_KEYS = ['client_id', 'client_secret', 'authorize_uri', 'access_token_uri']

/** What is wrong with the settings an app asks for. */
export function parameterProblems(manifest: Record<string, unknown>): string[] {
  const parameters = manifest.parameters ?? []
  if (!Array.isArray(parameters)) return ['App parameters must be an array.']
  if (!parameters.every(isObject)) return ['Every app parameter must be an object.']
  const names = parameters.map((parameter) => String(parameter.name ?? ''))
  const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
  const oauth = parameters.filter((parameter) => parameter.type === 'oauth')
  return [
    ...(repeated.length > 0 ? [`Duplicate app parameters defined: ${repeated.join(', ')}`] : []),
    ...(names.includes('name') ? ["Can't call a parameter 'name'"] : []),
    ...(names.includes('') ? ['Every app parameter needs a name.'] : []),
    ...(oauth.length > 1 ? [`Too many parameters with type 'oauth': one permitted`] : []),
    ...parameters.flatMap(problemsOf),
    ...oauthProblems(manifest.oauth, oauth.length > 0),
  ]
}

function problemsOf(parameter: Record<string, unknown>): string[] {
  const { name, type = 'text', required, secure, scopes } = parameter
  const problems: string[] = []
  if (!TYPES.includes(String(type))) problems.push(`${type} is an invalid parameter type.`)
  for (const [key, value] of Object.entries({ required, secure })) {
    if (value !== undefined && typeof value !== 'boolean') {
      problems.push(`${key} must be a boolean value in parameter ${name}, got ${JSON.stringify(value)}.`)
    }
  }
  if (type === 'hidden' && required === true) problems.push(`${name} is set to hidden and cannot be required.`)
  if (type === 'oauth' && secure === true) problems.push(`oauth parameter ${name} cannot be set to be secure.`)
  if (scopes === undefined) return problems

  if (secure !== true) problems.push(`scopes of parameter ${name} require it to be secure.`)
  if (!Array.isArray(scopes)) return [...problems, `scopes of parameter ${name} must be an array.`]
  if (scopes.length === 0) problems.push(`scopes of parameter ${name} cannot be empty.`)
  const unknown = scopes.filter((scope) => !(PARAMETER_SCOPES as readonly unknown[]).includes(scope))
  if (unknown.length > 0) problems.push(`scopes of parameter ${name} contains invalid values: ${unknown.join(', ')}`)
  return problems
}

function oauthProblems(oauth: unknown, hasParameter: boolean): string[] {
  if (oauth === undefined || oauth === null) return []
  const given = isObject(oauth) ? oauth : {}
  const missing = OAUTH_KEYS.filter((key) => typeof given[key] !== 'string' || given[key] === '')
  return [
    ...(missing.length > 0 ? [`Missing required oauth fields in manifest: ${missing.join(', ')}`] : []),
    ...(hasParameter ? [] : ['Please upgrade to our new oauth format: one parameter of type oauth is required.']),
  ]
}
