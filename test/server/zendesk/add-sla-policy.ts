import { z } from 'zod'
import type { ZendeskClient } from '../../../server/zendesk/client.ts'
import { aPolicy } from '../../zendesk/slas/a-policy.ts'

/** Writes an SLA policy as an admin would. */
export async function addSlaPolicy(
  { client }: { client: Pick<ZendeskClient, 'post'> },
  given: Record<string, unknown> = {},
): Promise<void> {
  await client.post('/api/v2/slas/policies.json', aPolicy(given), z.unknown())
}
