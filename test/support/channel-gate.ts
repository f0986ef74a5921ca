import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before channels and lets calls pass until one is to be cut. */
export type ChannelGate = AsyncDisposable & {
  url: string
  /** Calls that went through, whole. */
  passed(): number
  /**
   * The next call gets no answer: `before` the channel had it, or `after` it did what was asked. Resolves with the path
   * once there is one, or with null when none comes.
   */
  cutNext(where: 'before' | 'after', withinMs: number): Promise<string | null>
  /** Lets everything pass again and drops what is held. */
  release(): void
}

type Cut = { where: 'before' | 'after'; isCut: (path: string) => void }

/** @param targetOf the address behind the gate that a path is for */
export async function startChannelGate(targetOf: (path: string) => string): Promise<ChannelGate> {
  let cut: Cut | null = null
  let passed = 0
  const held = new Set<ServerResponse>()

  const server = createServer((req, res) => {
    void pass(req, res).catch(() => res.destroy())
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const path = req.url ?? '/'
    const cutting = cut
    cut = null
    if (cutting) held.add(res)
    if (cutting?.where === 'before') return cutting.isCut(path)
    const headers = Object.entries(req.headers).filter(([name]) => !HOP_BY_HOP.has(name)) as [string, string][]
    const answer = await fetch(targetOf(path) + path, { method: 'POST', headers, body })
    const text = await answer.text()
    if (cutting) return cutting.isCut(path)
    passed += 1
    const answered = [...answer.headers].filter(([name]) => !HOP_BY_HOP.has(name))
    res.writeHead(answer.status, Object.fromEntries(answered)).end(text)
  }

  function release(): void {
    cut = null
    for (const res of held) res.destroy()
    held.clear()
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release,
    passed: () => passed,
    cutNext: (where, withinMs) =>
      new Promise((resolve) => {
        const mine: Cut = { where, isCut: resolve }
        cut = mine
        setTimeout(() => {
          if (cut === mine) cut = null
          resolve(null)
        }, withinMs).unref()
      }),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        release()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const HOP_BY_HOP = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect'])
