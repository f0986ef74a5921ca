import type { AxiosInstance } from 'axios'
import { z } from 'zod'
import type { Call } from './call.ts'

/** An app as it is installed in the account. Secure settings are not in it. */
export type AppInstallation = { id: number; appId: number; isEnabled: boolean; settings: Record<string, unknown> }

const Installations = z.object({
  installations: z.array(
    z.object({
      id: z.int(),
      app_id: z.int(),
      enabled: z.boolean().default(true),
      settings: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
})

export function createApps(http: AxiosInstance, call: Call) {
  return { listAppInstallations, getAppPublicKey }

  /** Source: https://developer.zendesk.com/api-reference/ticketing/apps/apps/#list-app-installations */
  async function listAppInstallations(): Promise<AppInstallation[]> {
    const answer = await call('get', '/api/v2/apps/installations.json', undefined, Installations)
    return answer.installations.map(({ id, app_id, enabled, settings }) => {
      return { id, appId: app_id, isEnabled: enabled, settings: settings ?? {} }
    })
  }

  /**
   * What the app's signed URLs are signed with, its public half, as PEM.
   *
   * Source: https://developer.zendesk.com/api-reference/ticketing/apps/apps/#get-app-public-key
   */
  async function getAppPublicKey(appId: number): Promise<string> {
    const options = { lane: 'interactive', responseType: 'text', headers: { accept: '*/*' } } as const
    return z.string().parse((await http.get(`/api/v2/apps/${appId}/public_key`, options)).data)
  }
}
