/** The envelopes an app's SDK and its host exchange by postMessage. Source: zendesk_app_framework_sdk, lib/client.js. */

export type AppCall = {
  id: number
  request: 'get' | 'set' | 'invoke'
  params: unknown
  appGuid?: string
  instanceGuid?: string
}

export type AppEvent = {
  key: string
  message?: unknown
  appGuid?: string
  instanceGuid?: string
  error?: { msg?: unknown }
}

export type FromApp = AppCall | AppEvent

export type ToApp =
  | { id: number; result: CallResult; instanceGuid?: string }
  | { id: number; error: PathError }
  | { key: string; message?: unknown; instanceGuid?: string; needsReply?: true }

/** Values by path, and what went wrong by path. */
export type CallResult = { errors: Record<string, PathError> } & Record<string, unknown>

/** The SDK puts the quoted path before `message` when it makes an Error of it. */
export type PathError = { path: string; name: string; message: string; stack?: string }

/** Thrown by an action; becomes the rejection the app sees. */
export class ActionFailure extends Error {
  override readonly name = 'APIError'
}

/** SDKs send JSON text, except the answer to a hook, which is an object. Null for anything that is no envelope. */
export function decode(data: unknown): FromApp | null {
  let value = data
  if (typeof data === 'string') {
    try {
      value = JSON.parse(data)
    } catch {
      return null
    }
  }
  if (typeof value !== 'object' || value === null) return null
  const { key, request } = value as Partial<AppCall & AppEvent>
  return typeof key === 'string' || typeof request === 'string' ? (value as FromApp) : null
}

export function isCall(message: FromApp): message is AppCall {
  return 'request' in message && typeof message.request === 'string'
}

export function pathError(path: string, error: unknown): PathError {
  const { name, message } = error instanceof Error ? error : { name: 'APIError', message: String(error) }
  return { path, name, message }
}
