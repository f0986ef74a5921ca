import type { App, Installation } from '../state/model.ts'
import type { World } from '../world.ts'

/** What a location of a manifest comes to, whether it was written as a URL or as an object. */
export type AppLocation = { url: string; autoLoad: boolean; flexible: boolean; signed: boolean; size: unknown }

/** An enabled installation as the agent page needs it. Secure settings are not in it. */
export type PageInstallation = {
  id: number
  app_id: number
  name: string
  version: string
  settings: Record<string, unknown>
  /** Locations of the product `support`, by name. */
  locations: Record<string, AppLocation>
  /** Where the package's `assets/` is served, with a slash at the end. */
  assets_url: string
  /** Identifiers of `requirements.json` and what they became. */
  requirements: Record<string, { requirement_id: number | string; requirement_type: string }>
}

/** The enabled installations, oldest first, with the addresses of their files under `appOrigin`. */
export function pageInstallations(world: World, appOrigin: string): PageInstallation[] {
  return Object.values(world.state.installations)
    .filter((installation) => installation.enabled && world.state.apps[installation.app_id])
    .sort((a, b) => a.id - b.id)
    .map((installation) => pageInstallation(installation, world.state.apps[installation.app_id]!, appOrigin))
}

function pageInstallation(installation: Installation, app: App, appOrigin: string): PageInstallation {
  const manifest = app.manifest as {
    name?: string
    version?: string
    signedUrls?: boolean
    location?: Record<string, Record<string, unknown>>
  }
  const { settings } = installation
  return {
    id: installation.id,
    app_id: app.id,
    name: String(settings.name ?? settings.title ?? (app.name || manifest.name || `App ${app.id}`)),
    version: manifest.version ?? '',
    settings: Object.fromEntries(Object.entries(settings).filter(([key]) => !(key in installation.secure_settings))),
    locations: locationsOf(manifest.location, manifest.signedUrls ?? false),
    assets_url: `${appOrigin}/${app.id}/assets/`,
    requirements: requirementsOf(installation),
  }
}

/** Normalises `location` of a manifest. `legacy` is the old name of the product `support`. */
export function locationsOf(
  location: Record<string, Record<string, unknown>> | undefined,
  signedUrls: boolean,
): Record<string, AppLocation> {
  const support = location?.support ?? location?.zendesk ?? {}
  return Object.fromEntries(
    Object.entries(support).map(([name, value]) => {
      const given = (typeof value === 'string' ? { url: value } : value) as Partial<AppLocation>
      return [
        name,
        {
          url: given.url ?? '',
          autoLoad: given.autoLoad ?? true,
          flexible: given.flexible ?? true,
          signed: given.signed ?? signedUrls,
          size: given.size ?? null,
        },
      ]
    }),
  )
}

function requirementsOf({ requirements = [] }: Installation): PageInstallation['requirements'] {
  return Object.fromEntries(
    requirements.map(({ identifier, requirement_id, requirement_type }) => [
      identifier,
      { requirement_id, requirement_type },
    ]),
  )
}
