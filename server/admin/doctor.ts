import { z } from 'zod'
import type { Policy } from '../../core/policy/policy.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { type Blueprint, blueprint, type Place } from './blueprint.ts'
import { describeLack } from './describe-step.ts'
import { explainZendesk } from './explain-zendesk.ts'
import type { Installation } from './installation.ts'
import { type AdminApi, type Inventory, NotAnAdmin, NotSignedIn, readInventory } from './inventory.ts'
import { isSameCondition, planSetup } from './plan.ts'

/** One thing that was looked at. `advice` says what to do, and is null when nothing is wrong. */
export type Finding = { level: 'ok' | 'warning' | 'failure'; title: string; advice: string | null }

export type DoctorDeps = {
  api: AdminApi
  zendeskUrl: string
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
    return [signInFinding(error, deps)]
  }

  const wanted = blueprint(policy, place, inventory.me.id)
  return [
    { level: 'ok', title: `Signed in to Zendesk as ${inventory.me.name}, an admin`, advice: null },
    ...setupFindings(wanted, inventory, installation),
    ...loopFindings(wanted, inventory, installation),
    await secretFinding(deps, installation),
    ...(await deliveryFindings(deps.api, installation)),
    await appFinding(deps.api),
    await reachableFinding(deps),
  ]
}

function signInFinding(error: unknown, { zendeskUrl }: DoctorDeps): Finding {
  const level = 'failure'
  if (error instanceof NotAnAdmin) return { level, title: 'Baton’s user is not an admin', advice: error.advice }
  if (error instanceof NotSignedIn) return { level, title: 'Sign-in to Zendesk', advice: error.message }
  if (!(error instanceof ZendeskError)) throw error
  return { level, title: 'Zendesk', advice: explainZendesk(error, zendeskUrl) }
}

function setupFindings(wanted: Blueprint, inventory: Inventory, installation: Installation): Finding[] {
  const { steps } = planSetup(wanted, inventory, installation)
  if (steps.length === 0)
    return [{ level: 'ok', title: 'Groups, fields, webhook, triggers and view are as they should be', advice: null }]
  return steps.map((step) => ({ level: 'failure', title: describeLack(step), advice: 'Run `baton setup`.' }))
}

/** Every trigger that calls our webhook must leave our own updates alone, also one an admin copied from ours. */
function loopFindings(wanted: Blueprint, { triggers, webhooks }: Inventory, installation: Installation): Finding[] {
  const webhookIds = webhooks
    .filter(({ id, endpoint }) => id === installation.webhookId || endpoint === wanted.webhook.endpoint)
    .map(({ id }) => id)
  return triggers
    .filter((trigger) => trigger.active && callsOneOf(trigger, webhookIds) && !sparesUs(trigger, wanted))
    .map(({ id, title }) => ({
      level: 'failure',
      title: `The trigger "${title}" fires on Baton’s own updates and would go round in circles`,
      advice:
        id === installation.triggerId || id === installation.moveTriggerId
          ? 'Run `baton setup`, which adds the condition “Current user is not Baton”.'
          : 'Deactivate it in Admin Center › Triggers, or add the condition “Current user is not Baton”.',
    }))
}

function callsOneOf({ actions }: Inventory['triggers'][number], webhookIds: string[]): boolean {
  return actions.some(
    ({ field, value }) =>
      field === 'notification_webhook' && Array.isArray(value) && webhookIds.includes(String(value[0])),
  )
}

function sparesUs({ conditions }: Inventory['triggers'][number], { triggers: [ours] }: Blueprint): boolean {
  const wanted = ours!.all.find(({ field }) => field === 'role')!
  return conditions.all.some((one) => isSameCondition(one, wanted))
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
