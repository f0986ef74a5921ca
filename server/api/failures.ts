import type { Response } from 'express'
import type { ApiError } from '../../core/contract/api.ts'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import { ZendeskError } from '../zendesk/error.ts'

const PREVIEW_AWAY = 'The note can be sent all the same; the preview comes back.'

/**
 * Answers a request that Zendesk's answer stopped; a fault of our own is thrown on.
 *
 * @param meanwhile what to tell people while Zendesk does not answer
 */
export function answerFailure(res: Response, error: unknown, now: Instant, meanwhile = PREVIEW_AWAY): void {
  if (!(error instanceof ZendeskError)) throw error
  const { status, body } = judge(error, meanwhile)
  if (status === 503) {
    const seconds = error.retryAt === null ? 5 : Math.max(1, Math.ceil((error.retryAt - now) / SECOND_MS))
    res.set('Retry-After', String(seconds))
  }
  res.status(status).json(body)
}

function judge({ failure }: ZendeskError, meanwhile: string): { status: number; body: ApiError } {
  switch (failure) {
    case 'not-found':
      return {
        status: 404,
        body: { error: 'ticket-not-found', message: 'Zendesk does not show this ticket. It may have been deleted.' },
      }
    case 'denied':
    case 'rejected':
      return {
        status: 502,
        body: {
          error: 'zendesk-denied',
          message: 'Zendesk does not let Baton read this ticket. Ask an admin to run `baton doctor`.',
        },
      }
    default:
      return {
        status: 503,
        body: {
          error: 'zendesk-unavailable',
          message: `Zendesk does not answer Baton right now. ${meanwhile}`,
        },
      }
  }
}
