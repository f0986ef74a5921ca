/** Last step of `npm run build`: completes `dist/app`, the folder the app's package is made from. */
import path from 'node:path'
import { stageApp } from './stage-app.ts'

const root = path.resolve(import.meta.dirname, '../..')
try {
  stageApp({ root, folder: path.join(root, 'dist/app'), serverHost: process.env.BATON_SERVER_HOST || 'localhost' })
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
