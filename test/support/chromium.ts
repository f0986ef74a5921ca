import { type Browser, chromium } from 'playwright'
import { unpackChromium } from './unpack-chromium.ts'

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium: the system's when `CHROMIUM_PATH` names it, else the one that comes from npm. */
export async function launchChromium(): Promise<Browser> {
  if (process.env.CHROMIUM_PATH) return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ARGS })
  const { executablePath, libraries } = await unpackChromium()
  try {
    return await chromium.launch({ executablePath, args: ARGS })
  } catch (error) {
    if (!/error while loading shared libraries/.test(String(error))) throw error
    // A machine without libnss3 and its like: they lie in the package too.
    return chromium.launch({ executablePath, args: ARGS, env: { ...process.env, LD_LIBRARY_PATH: libraries } })
  }
}
