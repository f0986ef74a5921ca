import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { renderEmail } from '../../core/notice/render-email.ts'
import { SECOND_MS } from '../../core/units.ts'
import { NotifyError, notConfigured } from './error.ts'
import type { Sender } from './sender.ts'

/**
 * Sends letters. A letter has the same Message-ID however often it is sent, by which mail servers and programs know it again;
 * all of an escalation refer to one that was never sent, so that they stand together.
 *
 * @param fromOf the sender that the account's policy names; null when it names none any more
 */
export function createEmail(smtpUrl: string, fromOf: (accountId: number) => Promise<string | null>): Sender {
  const limits = { connectionTimeout: 10 * SECOND_MS, greetingTimeout: 10 * SECOND_MS, socketTimeout: 20 * SECOND_MS }
  const transport = createTransport({ url: smtpUrl, ...limits })
  return async ({ accountId, fold, message, batch }) => {
    const from = await fromOf(accountId)
    if (from === null) throw notConfigured('E-mail')
    const domain = domainOf(from)
    const messageId = `<${hash(batch)}@${domain}>`
    const top = `<${hash(`${accountId}/${fold[0].escalationId}`)}@${domain}>`
    try {
      await transport.sendMail({
        ...{ from, to: fold[0].place, messageId, inReplyTo: top, references: [top] },
        ...renderEmail(message),
        headers: { 'auto-submitted': 'auto-generated', 'x-baton-escalation': fold[0].escalationId },
        priority: message.urgency === 'critical' || message.urgency === 'high' ? 'high' : 'normal',
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    } catch (error) {
      throw translate(error)
    }
    return { externalId: messageId }
  }
}

/** Codes of nodemailer for what happens before the letter is on its way. */
const BEFORE_THE_LETTER = new Set(['ECONNECTION', 'ECONNREFUSED', 'EDNS', 'ETLS', 'EAUTH', 'EENVELOPE', 'EPROTOCOL'])

/** Keeps numbers and words of ours: what a mail server answers may repeat addresses and names. */
function translate(error: unknown): NotifyError {
  const {
    code = '',
    responseCode,
    command,
  } = (error ?? {}) as {
    code?: string
    responseCode?: number
    command?: string
  }
  const about = [code, responseCode].filter(Boolean).join(' ') || 'no answer'
  const told = `The mail server refused (${about})`
  if (code === 'EAUTH') return new NotifyError(told, { failure: 'refused', reason: 'not-signed-in', isCertain: true })
  if (responseCode !== undefined && responseCode >= 500) {
    const reason = code === 'EENVELOPE' ? 'address-refused' : `smtp-${responseCode}`
    return new NotifyError(told, { failure: 'refused', reason, isCertain: true })
  }
  if (responseCode !== undefined && responseCode >= 400) {
    return new NotifyError(told, { failure: 'unavailable', reason: `smtp-${responseCode}`, isCertain: true })
  }
  const isCertain = BEFORE_THE_LETTER.has(code) || command === 'CONN'
  return new NotifyError(`The mail server did not answer (${about})`, {
    ...{ failure: 'unavailable', reason: code === 'ETIMEDOUT' ? 'timeout' : 'no-answer', isCertain },
  })
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1]?.toLowerCase() ?? 'baton.invalid'
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
