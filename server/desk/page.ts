import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Response } from 'express'
import type { Instant } from '../../core/units.ts'
import { escaped } from '../http/health-html.ts'
import type { DeskUser } from './person.ts'
import type { DeskSession } from './session.ts'
import type { DeskRefusal } from './signed-url.ts'

/** What `npm run build` makes of `app/dashboard`. */
export const BUILT_PAGE = path.resolve(import.meta.dirname, '../../dist/desk')

const SCRIPTS = "script-src 'self' https://static.zdassets.com"

/** Answers the page for whoever signed in; their token is in it and nowhere else. */
export async function answerPage(
  res: Response,
  { account, person }: DeskSession & { person: DeskUser },
  { token, validForMs, now, zendeskUrl }: { token: string; validForMs: number; now: Instant; zendeskUrl: string },
): Promise<void> {
  const html = await builtPage()
  if (html === null) {
    answerSentence(res, zendeskUrl, 503, 'The page is not built', 'Run `npm run build` on the server, then reload.')
    return
  }
  const start = { token, validForMs, now, person, subdomain: account.subdomain, zendeskUrl }
  frameIn(res, zendeskUrl, `${SCRIPTS}; connect-src 'self'`)
  res.type('html').send(html.replace('__BATON_START__', () => escaped(JSON.stringify(start))))
}

const ADVICE: Record<DeskRefusal, { status: number; title: string; advice: string }> = {
  'no-token': {
    status: 401,
    title: 'Open Baton from Zendesk',
    advice: 'This page opens from the Baton icon in the navigation bar of Zendesk; it has no address of its own.',
  },
  'not-ours': {
    status: 403,
    title: 'This Baton belongs to another Zendesk account',
    advice:
      'An admin can check the app’s setting “server_url” in Zendesk’s Admin Center: it must be the address of this server.',
  },
  'bad-token': {
    status: 401,
    title: 'Zendesk’s signature was not accepted',
    advice: 'Reload Zendesk and open Baton again. If it stays so, ask an admin to run `baton doctor`.',
  },
  expired: {
    status: 401,
    title: 'This took too long',
    advice: 'Reload Zendesk and open Baton again. If it stays so, the clock of Baton’s server may be wrong.',
  },
  used: {
    status: 401,
    title: 'This page was opened before',
    advice: 'Reload Zendesk and open Baton from the navigation bar again.',
  },
  'no-agent': {
    status: 403,
    title: 'Only agents see this page',
    advice: 'Your Zendesk user is not an agent, or is not active any more. An admin can change that in Zendesk.',
  },
  'zendesk-away': {
    status: 503,
    title: 'Zendesk does not answer Baton right now',
    advice: 'Wait a minute, reload Zendesk and open Baton again. An admin finds more on Baton’s health page.',
  },
}

export function answerRefusal(res: Response, why: DeskRefusal, zendeskUrl: string): void {
  const { status, title, advice } = ADVICE[why]
  answerSentence(res, zendeskUrl, status, title, advice)
}

function answerSentence(res: Response, zendeskUrl: string, status: number, title: string, advice: string): void {
  frameIn(res, zendeskUrl, '')
  res
    .status(status)
    .type('html')
    .send(`<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Baton</title>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem">
<h1 style="font-size:1.375rem">${escaped(title)}</h1><p>${escaped(advice)}</p></body></html>`)
}

/** In place of what is answered to programs: this is shown in a frame of the account's Zendesk, and of nobody else. */
function frameIn(res: Response, zendeskUrl: string, more: string): void {
  res.removeHeader('x-frame-options')
  res.set(
    'content-security-policy',
    [
      ...["default-src 'none'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "base-uri 'none'"],
      ...["form-action 'none'", `frame-ancestors ${new URL(zendeskUrl).origin}`, ...(more ? [more] : [])],
    ].join('; '),
  )
}

async function builtPage(): Promise<string | null> {
  try {
    return await readFile(path.join(BUILT_PAGE, 'index.html'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
