// biome-ignore-all lint/suspicious/noExplicitAny: answers are whatever the host answers; tests look into them

/** What the probe app puts on its own window; tests reach it by evaluating in the frame. */
type ProbeClient = {
  get(path: string | string[]): Promise<Record<string, any>>
  set(path: string | Record<string, unknown>, value?: unknown): Promise<Record<string, any>>
  invoke(action: string | Record<string, unknown[]>, ...args: unknown[]): Promise<Record<string, any>>
  request(options: string | Record<string, unknown>): Promise<any>
  on(event: string, handler: (data: any) => unknown): void
  off(event: string, handler: (data: any) => unknown): void
  trigger(event: string, data?: unknown): void
  instance(guid: string): ProbeClient
  context(): Promise<any>
  metadata(): Promise<any>
}

interface Window {
  client: ProbeClient
  registered: { context: any; metadata: any }
  seen: { event: string; data: any }[]
  heard(event: string): any[]
  listen(...events: string[]): void
  handler: (data: any) => unknown
}
