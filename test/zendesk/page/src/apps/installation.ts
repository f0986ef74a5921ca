import { get } from '../api/http.ts'

export type AppLocation = { url: string; autoLoad: boolean; flexible: boolean; signed: boolean; size: unknown }

/** An installed app as the page frames it. */
export type Installation = {
  id: number
  app_id: number
  name: string
  version: string
  settings: Record<string, unknown>
  locations: Record<string, AppLocation>
  assets_url: string
  requirements: Record<string, { requirement_id: number | string; requirement_type: string }>
}

/** Where `zcli apps:server` serves apps under development. Source: zcli 1.0.1, fixed port. */
const ZCLI_ORIGIN = 'http://localhost:4567'

/** The installed apps; with `?zcli=1` in the page's address, the ones `zcli apps:server` serves instead. */
export async function readInstallations(): Promise<Installation[]> {
  const query = new URLSearchParams(location.search)
  if (query.has('zcli') || query.has('zcli_apps')) return readZcliApps()
  return (await get<{ installations: Installation[] }>('/agent/installations')).installations
}

type ZcliApp = {
  id: number
  name: string
  version?: string
  asset_url_prefix: string
  signed_urls?: boolean
  locations: Record<string, Record<string, string | Partial<AppLocation>>>
}
type ZcliInstallation = { app_id: number; id: number; settings: Record<string, unknown>[] }

/** An app served from a developer's machine is not installed, so the proxy fills in no secure settings for it. */
async function readZcliApps(): Promise<Installation[]> {
  const answer = await get<{ apps: ZcliApp[]; installations: ZcliInstallation[] }>(`${ZCLI_ORIGIN}/app.json`).catch(
    () => {
      throw new Error('Start `zcli apps:server` in the folder of the app, or leave ?zcli out of the address.')
    },
  )
  return answer.apps.map((app) => {
    const installation = answer.installations.find((one) => one.app_id === app.id)
    const settings = Object.assign({}, ...(installation?.settings ?? [])) as Record<string, unknown>
    return {
      id: installation?.id ?? 0,
      app_id: app.id,
      name: String(settings.title ?? app.name),
      version: app.version ?? '',
      settings,
      locations: Object.fromEntries(
        Object.entries(app.locations.support ?? app.locations.zendesk ?? {}).map(([name, given]) => {
          const location = typeof given === 'string' ? { url: given } : given
          return [
            name,
            {
              url: location.url ?? '',
              autoLoad: location.autoLoad ?? true,
              flexible: location.flexible ?? true,
              signed: location.signed ?? app.signed_urls ?? false,
              size: location.size ?? null,
            },
          ]
        }),
      ),
      assets_url: app.asset_url_prefix,
      requirements: {},
    }
  })
}
