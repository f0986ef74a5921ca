import { z } from 'zod'
import type { Policy } from '../../core/policy/policy.ts'
import { type Blueprint, blueprint, type Place } from './blueprint.ts'
import type { Installation } from './installation.ts'
import { type AdminApi, type Inventory, NotSignedIn, readInventory } from './inventory.ts'
import { describeStep, planSetup } from './plan.ts'

/** One thing that was looked at. `advice` says what to do, and is null when nothing is wrong. */
export type Finding = { level: 'ok' | 'warning' | 'failure'; title: string; advice: string | null }

export type DoctorDeps = {
  api: AdminApi
  /** The webhook secret we hold, null when none is kept. */
  webhookSecret: string | null
  /** Whether our own address answers, as Zendesk would reach it. */
  isReachable(): Promise<boolean>
}

/** Looks at everything an installation needs and says what is missing or drifted. Changes nothing. */
export async function diagnose(
  policy: Policy,
  place: Place,
  installation: Installation,
  deps: DoctorDeps,
): Promise<Finding[]> {
  let inventory: Inventory
  try {
    inventory = await readInventory(deps.api)
  } catch (error) {
    const advice = error instanceof NotSignedIn ? error.message : `Zendesk did not answer as expected: ${String(error)}`
    return [{ level: 'failure', title: 'Sign-in to Zendesk', advice }]
  }

  return [
    { level: 'ok', title: `Signed in to Zendesk as ${inventory.me.name}`, advice: null },
    roleFinding(inventory),
    ...setupFindings(blueprint(policy, place, inventory.me.id), inventory, installation),
    await secretFinding(deps, installation),
    ...(await deliveryFindings(deps.api, installation)),
    await appFinding(deps.api),
    await reachableFinding(deps),
  ]
}

function roleFinding({ me }: Inventory): Finding {
  if (me.role === 'admin') return { level: 'ok', title: 'The integration user is an admin', advice: null }
  return {
    level: 'failure',
    title: 'The integration user is not an admin',
    advice: `Make ${me.name} an admin, or create the OAuth client as one: triggers and webhooks need it.`,
  }
}

function setupFindings(wanted: Blueprint, inventory: Inventory, installation: Installation): Finding[] {
  const { steps } = planSetup(wanted, inventory, installation)
  if (steps.length === 0)
    return [{ level: 'ok', title: 'Groups, fields, webhook, trigger and view are as they should be', advice: null }]
  return steps.map((step) => ({
    level: 'failure',
    title: `Missing: ${describeStep(step)}`,
    advice: 'Run `baton setup`.',
  }))
}

async function secretFinding({ api, webhookSecret }: DoctorDeps, { webhookId }: Installation): Promise<Finding> {
  const title = 'The webhook’s signing secret'
  if (!webhookId || webhookSecret === null)
    return { level: 'failure', title, advice: 'None is kept. Run `baton setup`.' }
  try {
    const { signing_secret } = await api.get(
      `/api/v2/webhooks/${webhookId}/signing_secret`,
      z.object({ signing_secret: z.object({ secret: z.string() }) }),
    )
    return signing_secret.secret === webhookSecret
      ? { level: 'ok', title: `${title} is the one Zendesk signs with`, advice: null }
      : { level: 'failure', title, advice: 'It was changed in Zendesk, deliveries are refused. Run `baton setup`.' }
  } catch {
    return {
      level: 'failure',
      title,
      advice: 'Zendesk does not show it. Run `baton setup`, which makes the webhook anew.',
    }
  }
}

const Invocations = z.object({ invocations: z.array(z.object({ status: z.string() })) })

async function deliveryFindings(api: AdminApi, { webhookId }: Installation): Promise<Finding[]> {
  if (!webhookId) return []
  try {
    const { invocations } = await api.get(`/api/v2/webhooks/${webhookId}/invocations`, Invocations)
    const failed = invocations.filter(({ status }) => status !== 'success').length
    if (failed === 0)
      return [{ level: 'ok', title: `Webhook: ${invocations.length} recent deliveries, none failed`, advice: null }]
    const advice =
      'Look at Admin Center › Webhooks › Baton › Activity. What was missed is read with the next update of the ticket.'
    return [{ level: 'warning', title: `Webhook: ${failed} of ${invocations.length} recent deliveries failed`, advice }]
  } catch {
    return [
      {
        level: 'warning',
        title: 'Webhook deliveries',
        advice: 'Zendesk does not show its delivery log for this webhook.',
      },
    ]
  }
}

const Installations = z.object({
  installations: z.array(z.object({ enabled: z.boolean(), settings: z.looseObject({ name: z.string().optional() }) })),
})

async function appFinding(api: AdminApi): Promise<Finding> {
  const title = 'The sidebar app'
  try {
    const { installations } = await api.get('/api/v2/apps/installations', Installations)
    const app = installations.find(({ settings }) => settings.name === 'Baton')
    if (!app)
      return {
        level: 'warning',
        title,
        advice: 'It is not installed. Run `npm run app:package` and upload the zip in Admin Center.',
      }
    if (!app.enabled)
      return { level: 'warning', title, advice: 'It is installed and switched off. Enable it in Admin Center › Apps.' }
    return { level: 'ok', title: 'The sidebar app is installed and enabled', advice: null }
  } catch {
    return {
      level: 'warning',
      title,
      advice: 'Zendesk does not list its apps to this OAuth client; look in Admin Center › Apps.',
    }
  }
}

async function reachableFinding({ isReachable }: DoctorDeps): Promise<Finding> {
  if (await isReachable()) return { level: 'ok', title: 'This server answers at its public address', advice: null }
  return {
    level: 'warning',
    title: 'This server does not answer at its public address',
    advice: 'Start it with `npm start`, and check BATON_PUBLIC_URL and whatever stands between it and Zendesk.',
  }
}
