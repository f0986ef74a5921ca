import { error, type LintFinding, warning } from './finding.ts'
import { isJsonObject, type JsonObject } from './json-file.ts'

const FILE = 'manifest.json'
/** `password` was removed in 2026 and `dropdown` never existed; both are refused. */
const TYPES = ['text', 'checkbox', 'url', 'number', 'multiline', 'hidden', 'oauth']
const SCOPES = ['header', 'body', 'url', 'jwt_secret_key', 'jwt_claim', 'basic_auth_username', 'basic_auth_password']

/** The settings an admin fills in. Source: parameter rules of github.com/zendesk/zendesk_apps_support. */
export function lintParameters({ parameters }: JsonObject): LintFinding[] {
  if (parameters === undefined || parameters === null) return []
  if (!Array.isArray(parameters)) return [error('parameters', FILE, '"parameters" must be a list: [ { "name": … } ].')]

  const findings: LintFinding[] = []
  const objects = parameters.filter(isJsonObject)
  if (objects.length < parameters.length)
    findings.push(error('parameters', FILE, 'Every parameter must be an object with a name.'))
  const names = objects.map(({ name }) => name)
  for (const name of new Set(names.filter((candidate, index) => names.indexOf(candidate) !== index))) {
    findings.push(error('parameter-duplicate', FILE, `There are two parameters called "${name}"; rename one.`))
  }
  if (objects.filter(({ type }) => type === 'oauth').length > 1) {
    findings.push(error('parameter-oauth', FILE, 'Only one parameter may have the type "oauth".'))
  }
  return [...findings, ...objects.flatMap(lintParameter)]
}

function lintParameter(parameter: JsonObject): LintFinding[] {
  const { name, type = 'text', required, secure } = parameter
  if (typeof name !== 'string' || name === '')
    return [error('parameter-name', FILE, 'A parameter has no name; give it one.')]
  const findings: LintFinding[] = []
  const add = (rule: string, message: string) => findings.push(error(rule, FILE, `Parameter "${name}": ${message}`))
  const warn = (rule: string, message: string) => findings.push(warning(rule, FILE, `Parameter "${name}": ${message}`))

  if (name === 'name') add('parameter-name', 'Zendesk keeps "name" for itself; choose another.')
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    add('parameter-type', `"${type}" is no type; use one of ${TYPES.join(', ')}.`)
  }
  for (const [key, value] of Object.entries({ required, secure })) {
    if (value !== undefined && typeof value !== 'boolean')
      add('parameter-flag', `"${key}" must be true or false, without quotes.`)
  }
  if (type === 'hidden' && required === true)
    add('parameter-hidden', 'nobody can fill in a hidden setting; it must not be required.')
  if (type === 'oauth' && secure === true)
    add('parameter-oauth', 'an oauth setting is always kept safe; remove "secure".')

  lintScopes(parameter, add, warn)
  if (secure !== true && type === 'text' && /token|key|pwd|password/i.test(name)) {
    warn('parameter-not-secure', 'this sounds like a secret; add "secure": true, else every agent can read it.')
  }
  if (parameter.default !== undefined && (secure === true || type === 'hidden')) {
    warn('parameter-default', 'a default value is not stored safely; remove "default".')
  }
  return findings
}

type Report = (rule: string, message: string) => void

function lintScopes({ secure, scopes }: JsonObject, add: Report, warn: Report): void {
  if (scopes === undefined) {
    if (secure === true)
      warn(
        'parameter-scopes',
        'without "scopes" agents can send it anywhere in a request; add ["jwt_secret_key"] or what it is for.',
      )
    return
  }
  if (secure !== true) add('parameter-scopes', '"scopes" needs "secure": true.')
  if (!Array.isArray(scopes) || scopes.length === 0) {
    add('parameter-scopes', '"scopes" must be a list with at least one entry.')
    return
  }
  for (const scope of scopes.filter((candidate) => !SCOPES.includes(candidate as string))) {
    add('parameter-scopes', `"${scope}" is no scope; use one of ${SCOPES.join(', ')}.`)
  }
}
