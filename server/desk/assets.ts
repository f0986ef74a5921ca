import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Request, Router } from 'express'
import { BUILT_PAGE } from './page.ts'

/** `index-C9x2aB1f.js`: the name changes with the content, so browsers may keep it for good. */
const HASHED = /-[\w-]{8}\.js$/

/** Encodings that the build has put beside each script, the smallest first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** The page's scripts, as small as the browser takes them. They hold nobody's data. */
export function deskAssets(): Router {
  const router = Router()
  router.get('/:name', (req: Request<{ name: string }>, res, next) => {
    const { name } = req.params
    const file = path.join(BUILT_PAGE, name)
    if (!/^[\w-]+\.js$/.test(name) || !existsSync(file)) return next()
    const packed = ENCODINGS.find(([encoding, end]) => req.acceptsEncodings(encoding) && existsSync(file + end))
    res.set({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(packed ? { 'content-encoding': packed[0] } : {}),
    })
    res.sendFile(file + (packed?.[1] ?? ''), { cacheControl: false })
  })
  return router
}
