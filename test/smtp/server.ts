import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { html, htmlPage } from '../slack/page.ts'

export type ReceivedLetter = { from: string; to: string[]; headers: Record<string, string>; body: string }

export type LocalSmtp = AsyncDisposable & {
  /** For `BATON_SMTP_URL`, with user and password. */
  smtpUrl: string
  /** Where the letters are shown. */
  url: string
  /** As they came, twice when they came twice. */
  letters: ReceivedLetter[]
  /** What is wrong with the next letter: at its recipient, at its text, or the connection breaks after its text. */
  failNext(where: 'recipient' | 'data' | 'hang-up-after-data', code?: number): void
}

export const MAIL_USER = 'baton'
export const MAIL_PASSWORD = 'letters-are-secret'

/** A local mail server: signs in with a password and takes letters for `.example` addresses alone. */
export async function startSmtp({ port = 0, pagePort = 0 } = {}): Promise<LocalSmtp> {
  const letters: ReceivedLetter[] = []
  const faults: { where: string; code: number }[] = []
  const take = (where: string) => {
    const index = faults.findIndex((fault) => fault.where === where)
    return index === -1 ? null : faults.splice(index, 1)[0]!
  }
  const smtp = new SMTPServer({
    ...{
      authMethods: ['PLAIN'],
      allowInsecureAuth: true,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      size: 10_000_000,
    },
    onAuth({ username, password }, _session, done) {
      if (username === MAIL_USER && password === MAIL_PASSWORD) return done(null, { user: username })
      done(answer(535, '5.7.8 Authentication credentials invalid'))
    },
    onRcptTo({ address }, _session, done) {
      const fault = take('recipient')
      if (fault) return done(answer(fault.code, `${fault.code} refused`))
      done(address.endsWith('.example') ? null : answer(550, '5.1.1 The mailbox does not exist'))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.on('end', () => {
        const fault = take('data')
        if (fault) return done(answer(fault.code, `${fault.code} refused`))
        const { mailFrom, rcptTo } = session.envelope
        const to = rcptTo.map(({ address }) => address)
        letters.push({
          from: mailFrom ? mailFrom.address : '',
          to,
          ...readLetter(Buffer.concat(chunks).toString('utf8')),
        })
        if (take('hang-up-after-data')) return smtp.connections.forEach((one) => void one.close())
        done()
      })
    },
  })
  smtp.on('error', () => {})
  await new Promise<void>((resolve) => void smtp.listen(port, '127.0.0.1', () => resolve()))
  const page = createServer((_req, res) => void res.setHeader('content-type', 'text/html').end(renderLetters(letters)))
  await new Promise<void>((resolve) => void page.listen(pagePort, '127.0.0.1', () => resolve()))
  const { port: smtpPort } = smtp.server.address() as AddressInfo
  return {
    smtpUrl: `smtp://${MAIL_USER}:${MAIL_PASSWORD}@127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${(page.address() as AddressInfo).port}`,
    letters,
    failNext: (where, code = 451) => void faults.push({ where, code }),
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
      await new Promise<void>((resolve) => {
        page.close(() => resolve())
        page.closeAllConnections()
      })
    },
  }
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

/** Headers by lower-case name, unfolded; the body with soft line ends of quoted-printable undone. */
function readLetter(raw: string): Pick<ReceivedLetter, 'headers' | 'body'> {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { headers, body: raw.slice(end + 4).replaceAll('=\r\n', '') }
}

function renderLetters(letters: readonly ReceivedLetter[]): string {
  if (letters.length === 0) return htmlPage('Local mail', '<p>No letters.</p>')
  const shown = letters
    .toReversed()
    .map(
      ({ to, headers, body }) =>
        `<article><h2>${html(headers.subject ?? '')}</h2><p>To ${html(to.join(', '))}</p><pre>${html(plainPart(body))}</pre></article>`,
    )
  return htmlPage('Local mail', shown.join(''))
}

function plainPart(body: string): string {
  return /content-type: text\/plain.*?\r\n\r\n(.*?)\r\n--/is.exec(body)?.[1] ?? body
}
