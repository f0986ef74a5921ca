import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/** What the receiver does with a request: answers a status, perhaps with headers, or never answers. */
export type Reply = { status: number; headers?: Record<string, string> } | 'hang'

/** A real HTTP server that keeps what it got. Replies are used up one by one; then it answers 202. */
export async function startReceiver(replies: Reply[] = []) {
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const part of req) body += part
    received.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers, body })
    const reply = replies.shift() ?? { status: 202 }
    if (reply !== 'hang') res.writeHead(reply.status, reply.headers).end('thanks')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    replies,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
