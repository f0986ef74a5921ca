import { json, type Request, type Response, Router } from 'express'
import { iso } from '../http/times.ts'
import { admit } from '../oauth/authenticate.ts'
import { recordInvalid, recordNotFound, refuse } from '../oauth/refusals.ts'
import type { Installation, Requirement } from '../state/model.ts'
import type { World } from '../world.ts'
import { BadSettings, changeSettings, installApp, uninstallApp } from './installations.ts'
import { RequirementFailed } from './requirements.ts'

/** Installations: agents read them, settings included but never the secure ones; admins change them. */
export function installationRoutes(world: World): Router {
  const router = Router()
  const reading = { resource: 'apps', access: 'read' } as const
  const writing = { resource: 'apps', access: 'write', role: 'admin' } as const
  const list = '/api/:product/apps/installations{.json}'
  const one = '/api/:product/apps/installations/:id{.json}'

  router.get(list, (req, res) => {
    if (!admit(world, req, res, reading)) return
    const installations = Object.values(world.state.installations).map((installation) => show(installation))
    res.json({ installations })
  })

  router.post(list, json(), (req, res) => {
    if (!admit(world, req, res, writing)) return
    const app = world.state.apps[Number(req.body?.app_id)]
    if (!app) return refuse(res, recordInvalid({ app_id: ['App: does not exist'] }))
    change(res, () => {
      const installation = installApp(world, app, req.body?.settings ?? {})
      res.status(201).json(show(installation))
    })
  })

  router.get('/api/:product/apps/installations/:id/requirements{.json}', (req, res) => {
    if (!admit(world, req, res, reading)) return
    const installation = find(req, res)
    if (!installation) return
    const requirements = (installation.requirements ?? []).map((requirement) => showRequirement(requirement))
    res.json({ requirements, count: requirements.length, next_page: null, previous_page: null })
  })

  router.get(one, (req, res) => {
    if (!admit(world, req, res, reading)) return
    const installation = find(req, res)
    if (installation) res.json(show(installation))
  })

  router.put(one, json(), (req, res) => {
    if (!admit(world, req, res, writing)) return
    const installation = find(req, res)
    if (!installation) return
    change(res, () => {
      if (req.body?.settings) changeSettings(world, installation, req.body.settings)
      if (typeof req.body?.enabled === 'boolean') installation.enabled = req.body.enabled
      res.json(show(installation))
    })
  })

  router.delete(one, (req, res) => {
    if (!admit(world, req, res, writing)) return
    const installation = find(req, res)
    if (!installation) return
    uninstallApp(world, installation)
    res.status(204).end()
  })

  return router

  function find(req: Request, res: Response): Installation | undefined {
    const installation = world.state.installations[Number(req.params.id)]
    if (!installation) refuse(res, recordNotFound)
    return installation
  }

  function change(res: Response, work: () => void): void {
    try {
      work()
    } catch (error) {
      if (error instanceof BadSettings) refuse(res, recordInvalid({ settings: error.problems }))
      else if (error instanceof RequirementFailed) refuse(res, recordInvalid({ base: [error.message] }))
      else throw error
    }
  }

  function show(installation: Installation) {
    return {
      id: installation.id,
      app_id: installation.app_id,
      product: 'support',
      enabled: installation.enabled,
      paid: false,
      settings: installation.settings,
      setting_objects: Object.entries(installation.settings).map(([name, value]) => ({ name, value })),
      pending_installation: false,
      role_restrictions: null,
      group_restrictions: null,
    }
  }

  function showRequirement(requirement: Requirement) {
    return {
      ...requirement,
      account_id: world.state.account.id,
      created_at: iso(requirement.created_at),
      updated_at: iso(requirement.updated_at),
    }
  }
}
