import { Stage } from '../../core/contract/api.ts'
import { BATON_TAG } from '../../core/contract/command.ts'
import { optionTag } from '../../core/contract/option-tag.ts'
import { groupsOf, type Policy, specialistGroupsOf } from '../../core/policy/policy.ts'
import { Severity } from '../../core/severity.ts'
import { webhookTemplate } from '../inbox/delivery.ts'
import type { FieldKey } from './installation.ts'

export type WantedField = {
  key: FieldKey
  type: 'tagger' | 'integer' | 'text'
  title: string
  description: string
  options: { name: string; value: string }[]
}

/** Everything Baton needs in a Zendesk account, as data: `setup` makes it so, `doctor` compares, `uninstall` undoes. */
export type Blueprint = {
  fields: WantedField[]
  /** Names of the groups the policy's queues map to. */
  groups: string[]
  webhook: { name: string; description: string; endpoint: string }
  triggers: WantedTrigger[]
  view: { title: string; description: string; conditions: { all: ZendeskCondition[] } }
}

/** `updates` watches tickets that bear Baton's tag, `moves` those that do not and come to specialists all the same. */
export type TriggerKey = 'updates' | 'moves'

export type WantedTrigger = {
  key: TriggerKey
  title: string
  description: string
  all: ZendeskCondition[]
  /** Names of groups, to one of which the update has changed the ticket's; none: whatever the group. */
  groups: string[]
  payload: string
}

export type ZendeskCondition = { field: string; operator: string; value: string }

/** Which account, and where Zendesk reaches this server: an address without a trailing slash. */
export type Place = { subdomain: string; publicUrl: string }

/**
 * What a policy needs of an account.
 *
 * @param integrationUserId our own updates are kept from firing our own trigger by the author, not by the channel
 */
export function blueprint(policy: Policy, { subdomain, publicUrl }: Place, integrationUserId: number): Blueprint {
  const notByUs = { field: 'role', operator: 'is_not', value: String(integrationUserId) }
  return {
    fields: wantedFields(policy),
    groups: groupsOf(policy).map(({ group }) => group),
    webhook: {
      name: 'Baton',
      description: 'Tells the Baton server which ticket to look at. Carries ids only.',
      endpoint: `${publicUrl}/webhooks/zendesk/${subdomain}`,
    },
    triggers: [
      {
        key: 'updates',
        title: 'Baton: look at this ticket',
        description: 'Fires on every update of a ticket Baton has to do with, except on Baton’s own.',
        all: [{ field: 'current_tags', operator: 'includes', value: BATON_TAG }, notByUs],
        groups: [],
        payload: webhookTemplate('baton'),
      },
      {
        key: 'moves',
        title: 'Baton: look at a ticket moved to specialists',
        description: 'Fires when a ticket Baton knows nothing of comes to a group of specialists of the policy.',
        all: [
          { field: 'update_type', operator: 'is', value: 'Change' },
          { field: 'current_tags', operator: 'not_includes', value: BATON_TAG },
          notByUs,
        ],
        groups: specialistGroupsOf(policy),
        payload: webhookTemplate('moves'),
      },
    ],
    view: {
      title: 'Escalated tickets',
      description: 'Unsolved tickets with an escalation.',
      conditions: {
        all: [
          { field: 'status', operator: 'less_than', value: 'solved' },
          { field: 'current_tags', operator: 'includes', value: BATON_TAG },
        ],
      },
    },
  }
}

function wantedFields(policy: Policy): WantedField[] {
  return [
    {
      key: 'tier',
      type: 'tagger',
      title: 'Escalation tier',
      description: 'Set by Baton: the tier that has the ticket.',
      options: policy.tiers.map((tier) => ({
        name: `L${tier.level} ${tier.name}`,
        value: optionTag('tier', tier.level),
      })),
    },
    {
      key: 'queue',
      type: 'tagger',
      title: 'Escalation queue',
      description: 'Set by Baton: the specialist queue.',
      options: policy.queues.map((queue) => ({
        name: queue.name,
        value: optionTag('queue', queue.id),
      })),
    },
    {
      key: 'stage',
      type: 'tagger',
      title: 'Escalation stage',
      description: 'Set by Baton: where the escalation stands.',
      options: Stage.options.map((stage) => ({ name: capitalised(stage), value: optionTag('stage', stage) })),
    },
    {
      key: 'severity',
      type: 'tagger',
      title: 'Escalation severity',
      description: 'Set by Baton: P0 (worst) to P3.',
      options: Severity.options.map((severity) => ({
        name: severity,
        value: optionTag('severity', severity),
      })),
    },
    {
      key: 'urgency',
      type: 'integer',
      title: 'Escalation urgency',
      description: 'Set by Baton: 0 to 100, the sum of the policy’s points.',
      options: [],
    },
    {
      key: 'escalation_id',
      type: 'text',
      title: 'Escalation ID',
      description: 'Set by Baton: the episode, such as ESC-2026-000123.',
      options: [],
    },
  ]
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
