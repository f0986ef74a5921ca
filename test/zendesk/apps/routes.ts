import { json, Router } from 'express'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import { admit } from '../oauth/authenticate.ts'
import { invalidAttribute, recordInvalid, recordNotFound, refuse } from '../oauth/refusals.ts'
import type { App } from '../state/model.ts'
import type { World } from '../world.ts'
import { installationRoutes } from './installation-routes.ts'
import { uninstallApp } from './installations.ts'
import { appKeys } from './keys.ts'
import { notifyApps } from './notifications.ts'
import { uploadRoutes } from './upload-routes.ts'

const NOTIFICATIONS_PER_MINUTE = 100

/** Apps: upload, install, keys and notifications. Source: developer.zendesk.com, "Apps"; zcli-apps 1.0.0. */
export function appRoutes(world: World): Router {
  const router = Router()
  let recent: Instant[] = []
  router.use(uploadRoutes(world), installationRoutes(world))

  router.get(['/api/v2/apps{.json}', '/api/v2/apps/owned{.json}'], (req, res) => {
    if (!admit(world, req, res, { resource: 'apps', access: 'read' })) return
    res.json({ apps: Object.values(world.state.apps).map((app) => showApp(app)) })
  })

  router.post('/api/v2/apps/notify{.json}', json({ limit: '1mb' }), (req, res) => {
    if (!admit(world, req, res, { resource: 'apps', access: 'write' })) return
    const now = world.clock.now()
    recent = recent.filter((at) => at > now - MINUTE_MS)
    if (recent.length >= NOTIFICATIONS_PER_MINUTE) {
      const description = 'Number of allowed API requests per minute exceeded'
      return void res.status(429).set('retry-after', '60').json({ error: 'APIRateLimitExceeded', description })
    }
    recent.push(now)
    const { app_id, event, body, agent_id } = req.body ?? {}
    if (typeof event !== 'string' || !event) return refuse(res, invalidAttribute('Parameter event is required'))
    if (!world.state.apps[Number(app_id)]) return refuse(res, recordNotFound)
    if (agent_id !== undefined && !world.state.users[Number(agent_id)]) {
      return refuse(res, recordInvalid({ agent_id: ['Agent: does not exist'] }))
    }
    notifyApps(world, {
      app_id: Number(app_id),
      event,
      body: body ?? null,
      agent_id: agent_id ? Number(agent_id) : null,
    })
    res.json({})
  })

  router.get('/api/v2/apps/:id/public_key{.json}', (req, res) => {
    if (!admit(world, req, res, { resource: 'apps', access: 'read' })) return
    if (!world.state.apps[Number(req.params.id)]) return refuse(res, recordNotFound)
    res.type('application/x-pem-file').send(appKeys(world, Number(req.params.id)).publicKey)
  })

  router.get('/api/v2/apps/:id{.json}', (req, res) => {
    if (!admit(world, req, res, { resource: 'apps', access: 'read' })) return
    const app = world.state.apps[Number(req.params.id)]
    if (!app) return refuse(res, recordNotFound)
    res.json(showApp(app))
  })

  router.delete('/api/v2/apps/:id{.json}', (req, res) => {
    if (!admit(world, req, res, { resource: 'apps', access: 'write', role: 'admin' })) return
    const app = world.state.apps[Number(req.params.id)]
    if (!app) return refuse(res, recordNotFound)
    for (const installation of Object.values(world.state.installations)) {
      if (installation.app_id === app.id) uninstallApp(world, installation)
    }
    delete world.state.apps[app.id]
    res.status(204).end()
  })

  return router
}

function showApp(app: App) {
  const { version, frameworkVersion, singleInstall, parameters, location } = app.manifest
  return {
    id: app.id,
    name: app.name,
    version: version ?? null,
    framework_version: frameworkVersion ?? null,
    single_install: singleInstall ?? false,
    parameters: parameters ?? [],
    locations: location ?? {},
    state: 'published',
    visibility: 'private',
  }
}
