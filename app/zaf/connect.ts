import { createZaf, type Sdk, type Zaf } from './client.ts'

/** How long the start waits for Zendesk's hosted SDK before it takes the copy in the package. */
const HOSTED_SDK_WITHIN_MS = 300

/** @returns null outside Zendesk: its page tells the app where it is in the address, and nobody else does */
export async function connect(): Promise<Zaf | null> {
  if (!isInsideZendesk(location)) return null
  const sdk = (await hostedSdk()) ?? (await import('zendesk_app_framework_sdk')).default
  const client = sdk.init()
  return client ? createZaf(client) : null
}

export function isInsideZendesk({ search, hash }: Pick<Location, 'search' | 'hash'>): boolean {
  const given = [new URLSearchParams(search), new URLSearchParams(hash.slice(1))]
  return given.some((parameters) => parameters.has('origin')) && given.some((parameters) => parameters.has('app_guid'))
}

/** The SDK of the script tag, or null when it failed or is not here in time. */
async function hostedSdk(): Promise<Sdk | null> {
  const script = document.querySelector<HTMLScriptElement>('#zaf-sdk')
  if (script && !loadedSdk() && !hasEnded(script.src)) {
    await new Promise<void>((resolve) => {
      script.addEventListener('load', () => resolve())
      script.addEventListener('error', () => resolve())
      setTimeout(resolve, HOSTED_SDK_WITHIN_MS)
    })
  }
  return loadedSdk()
}

function loadedSdk(): Sdk | null {
  return (globalThis as { ZAFClient?: Sdk }).ZAFClient ?? null
}

/** A script that failed before anybody listened leaves only its entry in the browser's timings. */
function hasEnded(url: string): boolean {
  return performance.getEntriesByName(url).length > 0
}
