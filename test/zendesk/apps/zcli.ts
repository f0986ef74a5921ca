import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { generate } from 'selfsigned'
import { startAccount } from '../oauth/start-account.ts'

const BIN = path.resolve(import.meta.dirname, '../../../node_modules/.bin')

/** An account over HTTPS on 127.0.0.1, an app in a folder, and the real zcli pointed at both. */
export async function startZcli(files: Record<string, string | Uint8Array>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'zcli-'))
  const app = path.join(folder, 'app')
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(app, file)), { recursive: true })
    await writeFile(path.join(app, file), content)
  }
  const certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const certFile = path.join(folder, 'cert.pem')
  await writeFile(certFile, certificate.cert)
  const account = await startAccount({ tls: { key: certificate.private, cert: certificate.cert } })
  const { port } = new URL(account.zendesk.url)
  const token = account.tokenFor(account.admin)

  const env = {
    ...{ PATH: `${BIN}:${process.env.PATH}`, HOME: folder, XDG_DATA_HOME: folder, NO_COLOR: '1', CI: 'true' },
    // zcli asks https://<subdomain>.<domain>: this makes it 127.0.0.1 and the port.
    ...{ ZENDESK_SUBDOMAIN: '127', ZENDESK_DOMAIN: `0.0.1:${port}`, ZENDESK_OAUTH_TOKEN: token },
    NODE_EXTRA_CA_CERTS: certFile,
  }

  return {
    ...{ account, app, folder },
    /** Runs a zcli command; answers everything it printed. */
    zcli: (...args: string[]) =>
      new Promise<{ code: number; output: string }>((resolve) => {
        execFile(path.join(BIN, 'node'), [path.join(BIN, 'zcli'), ...args], { env, cwd: folder }, (error, out, err) => {
          resolve({ code: error ? Number(error.code) || 1 : 0, output: out + err })
        })
      }),
    /** Starts a zcli command that goes on until it is killed. */
    startZcli: (...args: string[]) =>
      spawn(path.join(BIN, 'node'), [path.join(BIN, 'zcli'), ...args], { env, cwd: folder, stdio: 'pipe' }),
    async [Symbol.asyncDispose]() {
      await account[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
