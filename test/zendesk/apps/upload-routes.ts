import { json, type Request, type Response, Router } from 'express'
import { admit } from '../oauth/authenticate.ts'
import { recordNotFound, refuse } from '../oauth/refusals.ts'
import type { World } from '../world.ts'
import { deployApp } from './deploy.ts'
import { readFileField } from './multipart.ts'
import { BadPackage, unpack } from './package.ts'
import { validateApp } from './validate.ts'

type Job = { status: 'queued' | 'completed' | 'failed'; message: string; app_id?: number }

/**
 * What `zcli apps:validate`, `package`, `create` and `update` call. Uploads and jobs live as long as the process.
 * Source: zcli-apps 1.0.0, and a fake host that the real zcli ran against.
 */
export function uploadRoutes(world: World): Router {
  const router = Router()
  const uploads = new Map<number, Uint8Array>()
  const jobs = new Map<string, Job>()
  const writing = { resource: 'apps', access: 'write', role: 'admin' } as const

  router.post('/api/v2/apps/validate{.json}', async (req, res) => {
    if (!admit(world, req, res, writing)) return
    const zip = await readFileField(req, 'file')
    if (!zip) return refuse(res, noFile('file'))
    const problems = problemsOf(zip)
    if (problems.length > 0) return refuse(res, invalidApp(problems.join('\n')))
    res.json({})
  })

  router.post('/api/v2/apps/uploads{.json}', async (req, res) => {
    if (!admit(world, req, res, writing)) return
    const zip = await readFileField(req, 'uploaded_data')
    if (!zip) return refuse(res, noFile('uploaded_data'))
    const id = world.nextId('app_upload')
    uploads.set(id, zip)
    res.status(201).json({ id })
  })

  router.post(['/api/apps{.json}', '/api/v2/apps{.json}'], json(), (req, res) => {
    if (!admit(world, req, res, writing)) return
    queue(req, res, undefined)
  })

  router.put('/api/v2/apps/:id{.json}', json(), (req, res) => {
    if (!admit(world, req, res, writing)) return
    const app = world.state.apps[Number(req.params.id)]
    if (!app) return refuse(res, recordNotFound)
    queue(req, res, app.id)
  })

  router.get('/api/v2/apps/job_statuses/:id{.json}', (req, res) => {
    if (!admit(world, req, res, { ...writing, access: 'read' })) return
    const job = jobs.get(req.params.id)
    if (!job) return refuse(res, recordNotFound)
    res.json({ id: req.params.id, url: `${world.url}/api/v2/apps/job_statuses/${req.params.id}.json`, ...job })
  })

  return router

  function queue(req: Request, res: Response, appId: number | undefined): void {
    const { upload_id, name } = req.body ?? {}
    const zip = uploads.get(Number(upload_id))
    if (!zip) {
      refuse(res, recordNotFound)
      return
    }
    uploads.delete(Number(upload_id))
    const id = world.nextToken(32)
    const job: Job = { status: 'queued', message: 'Queued' }
    jobs.set(id, job)
    setImmediate(() => {
      try {
        const app = deployApp(world, zip, {
          ...(typeof name === 'string' ? { name } : {}),
          ...(appId ? { appId } : {}),
        })
        Object.assign(job, { status: 'completed', message: 'App created', app_id: app.id })
      } catch (error) {
        Object.assign(job, { status: 'failed', message: (error as Error).message })
      }
    })
    res.status(202).json({ job_id: id })
  }
}

function problemsOf(zip: Uint8Array): string[] {
  try {
    return validateApp(unpack(zip)).problems
  } catch (error) {
    if (error instanceof BadPackage) return [error.message]
    throw error
  }
}

function noFile(field: string) {
  return invalidApp(`Send the zip as the multipart field "${field}".`)
}

function invalidApp(description: string) {
  return { status: 422, body: { error: 'RecordInvalid', description } }
}
