import express, { type RequestHandler } from 'express'
import { BUILT_PAGE } from './page.ts'

/** `index-C9x2aB1f.js`: the name changes with the content, so browsers may keep it for good. */
const HASHED = /-[\w-]{8}\.\w+$/

/** The page's scripts and styles. They hold nobody's data. */
export function deskAssets(): RequestHandler {
  return express.static(BUILT_PAGE, {
    index: false,
    redirect: false,
    setHeaders: (res, file) => {
      res.setHeader('cache-control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
