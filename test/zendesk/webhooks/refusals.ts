import type { Refusal } from '../oauth/refusals.ts'

export const webhookNotFound: Refusal = {
  status: 404,
  body: { errors: [{ code: 'WebhookNotFound', title: 'Webhook not found', detail: 'Webhook not found' }] },
}

export function invalidWebhook(problems: string[]): Refusal {
  return {
    status: 400,
    body: { errors: problems.map((detail) => ({ code: 'InvalidWebhook', title: 'Invalid webhook', detail })) },
  }
}
