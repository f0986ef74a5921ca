import path from 'node:path'
import { build, type Rollup } from 'vite'
import type { World } from '../world.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const ENTRY = path.join(ROOT, 'probe.js')

/** The whole app: everything is reachable from a test through `window.client`; what it heard is in `window.seen`. */
const SOURCE = `
import ZAFClient from 'zendesk_app_framework_sdk'
window.seen = []
window.client = ZAFClient.init((context) => { window.registered = context })
window.heard = (event) => window.seen.filter((one) => one.event === event).map((one) => one.data)
window.listen = (...events) => {
  for (const event of events) window.client.on(event, (data) => { window.seen.push({ event, data }) })
}
window.listen('app.activated', 'app.deactivated', 'colorScheme.changed')
`

export type ProbeOptions = {
  name?: string
  settings?: Record<string, unknown>
  secureSettings?: Record<string, string>
  manifest?: Record<string, unknown>
}

/** Installs an app that does nothing but connect, with Zendesk's published SDK. Answers the installation's id. */
export async function installProbe(world: World, options: ProbeOptions = {}): Promise<number> {
  const { name = 'Probe', settings = {}, secureSettings = {}, manifest = {} } = options
  const page = '<!doctype html><meta charset="utf-8"><title>Probe</title><body><script src="probe.js"></script></body>'
  const appId = world.nextId('app')
  world.state.apps[appId] = {
    id: appId,
    name,
    manifest: {
      name,
      version: '1.2.3',
      frameworkVersion: '2.0',
      location: { support: { ticket_sidebar: { url: 'assets/index.html', flexible: true } } },
      ...manifest,
    },
    files: { 'assets/index.html': base64(page), 'assets/probe.js': base64(await probeScript()) },
  }
  const id = world.nextId('installation')
  world.state.installations[id] = {
    id,
    app_id: appId,
    enabled: true,
    settings: { title: name, ...settings },
    secure_settings: secureSettings,
  }
  return id
}

let bundled: Promise<string> | null = null

function probeScript(): Promise<string> {
  bundled ??= build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'probe',
        resolveId: (id) => (id === ENTRY ? ENTRY : null),
        load: (id) => (id === ENTRY ? SOURCE : null),
      },
    ],
    build: { write: false, rollupOptions: { input: ENTRY, output: { format: 'iife' } } },
  }).then((output) => (output as Rollup.RollupOutput).output[0].code)
  return bundled
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
