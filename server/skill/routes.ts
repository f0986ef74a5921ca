import { Router } from 'express'

export function skillRoutes(_deps: object): Router {
  return Router()
}
