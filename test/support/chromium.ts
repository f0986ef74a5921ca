import { type Browser, chromium } from 'playwright'

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
  return chromium.launch({ executablePath: await executablePath(), args: ARGS })
}

async function executablePath(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}
