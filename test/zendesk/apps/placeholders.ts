import type { App, Installation } from '../state/model.ts'

/** Where a secure setting may be filled in. Source: zendesk_apps_support, manifest/parameter.rb. */
export const PARAMETER_SCOPES = [
  'header',
  'body',
  'url',
  'jwt_secret_key',
  'jwt_claim',
  'basic_auth_username',
  'basic_auth_password',
] as const
export type ParameterScope = (typeof PARAMETER_SCOPES)[number]

/** A placeholder stands where its parameter's `scopes` don't allow it. The message names the setting, never its value. */
export class PlaceholderRefused extends Error {
  override readonly name = 'PlaceholderRefused'
}

type Parameter = { name: string; secure?: boolean; scopes?: string[] }

export type Substitution = {
  /** Replaces `{{setting.x}}` and `{{jwt.token}}`; gives the text back as it is when the request is not secure. */
  text(template: string, scope: ParameterScope): string
  /** What `{{jwt.token}}` becomes. */
  jwtToken: string | null
}

/** Plain text substitution: nothing is encoded, and what was filled in is not looked at again. */
export function createSubstitution(app: App, installation: Installation, isSecure: boolean): Substitution {
  const parameters = new Map(readParameters(app).map((parameter) => [parameter.name, parameter]))
  const substitution: Substitution = {
    jwtToken: null,
    text(template, scope) {
      if (!isSecure) return template
      return template.replace(/\{\{\s*(setting|jwt)\.([\w-]+)\s*\}\}/g, (whole, kind: string, name: string) => {
        if (kind === 'jwt') return name === 'token' ? (substitution.jwtToken ?? whole) : whole
        return settingOf(name, scope) ?? whole
      })
    },
  }
  return substitution

  function settingOf(name: string, scope: ParameterScope): string | undefined {
    const parameter = parameters.get(name)
    if (!parameter) return undefined
    if (parameter.secure && parameter.scopes && !parameter.scopes.includes(scope)) {
      throw new PlaceholderRefused(`The setting "${name}" may not be used in: ${scope}`)
    }
    const value = parameter.secure ? installation.secure_settings[name] : installation.settings[name]
    return value === undefined || value === null ? '' : String(value)
  }
}

function readParameters(app: App): Parameter[] {
  return Array.isArray(app.manifest.parameters) ? (app.manifest.parameters as Parameter[]) : []
}
