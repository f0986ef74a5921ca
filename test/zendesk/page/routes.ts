import { existsSync } from 'node:fs'
import path from 'node:path'
import express, { Router } from 'express'
import { z } from 'zod'
import { proxyRequest } from '../apps/proxy.ts'
import { isSameOrigin } from '../oauth/authenticate.ts'
import type { World } from '../world.ts'
import { pageInstallations } from './installations.ts'
import { sessionRoutes, sessionUser } from './session.ts'
import { signLocation } from './signed-url.ts'

export type PageOptions = {
  /** The built page, `dist/agent-page`. */
  assetsDir: string
  /** The origin that serves the apps' files; asked at every request because it may start later. */
  appOrigin(): string
}

const SignedUrlBody = z.object({ installationId: z.int(), location: z.string() })
const ProxyBody = z.object({ installationId: z.int(), options: z.looseObject({ url: z.string() }) })

/**
 * The agent page and what only it needs: the session, the installations to show, and the apps' proxy.
 * All else it takes from the public API, with the session's cookie.
 */
export function pageRoutes(world: World, options: PageOptions): Router {
  const router = Router()
  router.use('/agent', express.json({ limit: '10mb' }))

  router.get('/', (_req, res) => res.redirect('/agent'))
  router.use(sessionRoutes(world))

  router.get('/agent/installations', (_req, res) => {
    const appOrigin = options.appOrigin()
    res.json({ app_origin: appOrigin, installations: pageInstallations(world, appOrigin) })
  })

  router.post('/agent/proxy', async (req, res) => {
    if (!sessionUser(world, req) || !isSameOrigin(req)) {
      res.status(401).json({ error: 'no-session', description: 'Choose who you act as first.' })
      return
    }
    const body = ProxyBody.safeParse(req.body)
    if (!body.success) {
      res.status(422).json({ error: 'bad-request', description: 'Send {installationId, options: {url, …}}.' })
      return
    }
    res.json(await proxyRequest(world, body.data.installationId, body.data.options))
  })

  router.post('/agent/signed-url', async (req, res) => {
    const user = sessionUser(world, req)
    if (!user || !isSameOrigin(req)) {
      res.status(401).json({ error: 'no-session', description: 'Choose who you act as first.' })
      return
    }
    const body = SignedUrlBody.safeParse(req.body)
    const token = body.success ? await signLocation(world, user, body.data) : null
    if (token) res.json({ token })
    else res.status(404).json({ error: 'no-installation', description: 'There is no such installation.' })
  })

  router.use('/agent/static', express.static(options.assetsDir, { index: false, fallthrough: false }))
  router.get('/hc/:locale/articles/:name', (req, res) => {
    res.redirect(`/agent/guide/${/^\d+/.exec(req.params.name)?.[0] ?? ''}`)
  })

  router.get(
    ['/agent', '/agent/guide', '/agent/guide/:id', '/agent/tickets/:id', '/agent/views/:id', '/agent/apps/:id'],
    (_req, res) => {
      const index = path.join(options.assetsDir, 'index.html')
      res.set('cache-control', 'no-store')
      if (existsSync(index)) res.sendFile(index)
      else res.status(503).type('html').send(NOT_BUILT)
    },
  )

  return router
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Agent page not built</title>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;color:#293239">
<h1 style="font-size:1.5rem">The agent page is not built yet</h1>
<p>Run <code>npm run build</code> in the project's folder, then reload this page.</p></body></html>`
