import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import type { ScheduleTrouble } from '../schedules/read-schedules.ts'
import { readStanding } from '../schedules/standing.ts'
import { syncStanding } from '../sync/standing.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { blueprint } from './blueprint.ts'
import { diagnose, type Finding } from './doctor.ts'
import { channelFindings } from './doctor-channels.ts'
import { knowledgeFindings } from './doctor-knowledge.ts'
import { peopleFindings } from './doctor-people.ts'
import { syncFindings } from './doctor-sync.ts'
import { Installation } from './installation.ts'
import { type AdminApi, readInventory } from './inventory.ts'
import { patient } from './patient-api.ts'
import { planSetup, type Step } from './plan.ts'
import { setUp } from './setup.ts'
import { planRemoval, type Removal, uninstall } from './uninstall.ts'

/** What an admin does to an account's Zendesk, for the command line and the demo. */
export type Administration = ReturnType<typeof administer>

/** Long enough for a slow proxy, short enough for a person who waits. */
const REACH_WITHIN_MS = 5000

/** @param options.wait how to wait for Zendesk's rate limit */
export function administer(
  { config, clock, db, account, accounts, secrets, policyFor, zendeskFor }: Context,
  { wait = sleep }: { wait?: (ms: number) => Promise<void> } = {},
) {
  const place = { subdomain: account.subdomain, publicUrl: config.publicUrl }
  return { plan, setup, doctor, removals, remove }

  /** What `setup` would change. Changes nothing. */
  async function plan(): Promise<Step[]> {
    const inventory = await readInventory(await connect())
    const wanted = blueprint(await policyFor(account.id), place, inventory.me.id)
    return planSetup(wanted, inventory, await installation()).steps
  }

  /** @param onStep told in a sentence of every change as it is done */
  async function setup(onStep: (sentence: string) => void = () => {}): Promise<Installation> {
    return setUp(await policyFor(account.id), place, await installation(), {
      api: await connect(),
      remember: (made) => accounts.setInstallation(account.id, made),
      keepWebhookSecret: (secret) => secrets.rotate(account.id, 'webhook', secret),
      onStep,
    })
  }

  async function doctor(): Promise<Finding[]> {
    const policy = await policyFor(account.id)
    const api = await connect()
    const findings = await diagnose(policy, place, await installation(), {
      api,
      zendeskUrl: account.zendeskUrl,
      webhookSecret: await secrets.get(account.id, 'webhook'),
      isReachable: () => answers(`${config.publicUrl}/healthz`),
    })
    const { troubles } = await inAccount(db, account.id, readStanding)
    const [signIn] = findings
    // Nobody is looked up in a Zendesk that does not let us in.
    const people = signIn?.level === 'ok' ? await peopleFindings(policy, api) : []
    const knowledge = signIn?.level === 'ok' ? await knowledgeFindings(policy, api) : []
    const channels = await channelFindings(policy, config.notify, clock)
    const sync = syncFindings(await inAccount(db, account.id, (tx) => syncStanding(tx, clock.now())))
    return [...findings, ...people, ...knowledge, ...channels, ...troubles.map(scheduleFinding), ...sync]
  }

  async function removals(options: { withFields: boolean }): Promise<Removal[]> {
    return planRemoval(await installation(), options)
  }

  async function remove(planned: Removal[], { withFields }: { withFields: boolean }): Promise<void> {
    const isGone = (error: unknown) => error instanceof ZendeskError && error.failure === 'not-found'
    await uninstall(planned, await connect(), isGone)
    const { fields } = await installation()
    await accounts.setInstallation(account.id, Installation.parse(withFields ? {} : { fields }))
  }

  async function connect(): Promise<AdminApi> {
    return patient(await zendeskFor(account.id), clock, wait)
  }

  async function installation(): Promise<Installation> {
    return Installation.parse((await accounts.get(account.id)).installation)
  }
}

function scheduleFinding({ id, why, meanwhile }: ScheduleTrouble): Finding {
  return { level: 'warning', title: `The schedule ${id}`, advice: `${why} ${meanwhile}` }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(REACH_WITHIN_MS) })).ok
  } catch {
    return false
  }
}
