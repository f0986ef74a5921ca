import type { PacketInput } from '../../../core/packet/packet.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { aNote } from '../../support/notes.ts'
import { aDecision, NINE } from '../escalation/facts.ts'
import { aClock, anEntry, anEscalation, anInput, aRemark, TEN } from './a-packet.ts'

const elif = { id: 12, name: 'Elif Aydin' }

/** A packet with something in every section: long and short, of several languages. */
export function aFullInput(): PacketInput {
  return anInput({
    escalation: anEscalation({
      stage: 'fixing',
      owner: elif,
      helpers: [{ id: 13, name: 'Marta Kowalska' }],
      estimate: TEN + 5 * HOUR_MS,
      decision: aDecision({
        ...{ tier: 3, tierName: 'Engineering', queueName: 'Platform', severity: 'P1', priority: 'urgent' },
        reasons: ['Severity P1 goes to tier 3', 'Component sso belongs to Platform at tier 3', 'Enterprise customer'],
        urgency: {
          score: 87,
          points: [
            { id: 'p1', title: 'Severity P1', points: 40 },
            { id: 'enterprise', title: 'Enterprise customer', points: 25 },
            { id: 'affected', title: 'More than 50 people affected', points: 22 },
          ],
          missed: [],
        },
      }),
      note: aNote({
        ...{ ticket_id: '35436', escalated_from: 'Support', escalated_to: 'Platform', escalated_by: 'Ana Lindqvist' },
        timestamp: '2026-03-06T09:00:00Z',
        issue: {
          symptoms: [
            '"Invalid SAML response" on 30 % of the attempts, at any time of day',
            'Signing in with a password works',
            'Fehlermeldung auf Deutsch: „Größe der Assertion überschreitet das Limit“',
          ],
        },
        customer_context: { health_score: 54, arr: '$1.2M', primary_contact: 'Jane Doe, jane@acme.com' },
        diagnostics: {
          environment: 'Production, EU region\nOkta as identity provider, agent 2026.02.1',
          reproduction_steps: ['Open https://acme.example/login', 'Choose "Sign in with SSO"', 'Repeat ten times'],
          reproduction_rate: 30,
          log_excerpts:
            '2026-03-06T07:58:12Z WARN saml.validate certificate thumbprint mismatch expected=9f:86:d0:81:88:4c:7d:65:9a:2f:ea:a0:c5:5a:d0:15 got=2c:f2:4d:ba\n2026-03-06T07:58:12Z ERROR saml.assertion rejected',
          evidence: ['HAR file attached to the ticket', 'https://status.okta.example/incidents/42'],
        },
        triage: { severity: 'P1', component: 'sso', category: 'outage', affected_customers: 1, duration_hours: 2 },
      }),
      owed: [{ field: 'triage.needs_code', points: 2 }],
      progress: [
        {
          ...{ at: NINE + 40 * MINUTE_MS, by: elif, status: 'fixing', estimate: TEN + 5 * HOUR_MS },
          actions: ['Read the SAML logs of both nodes', 'Compared the certificate that each node has cached'],
          nextSteps: 'Flush the certificate cache on node 2, then ship the change that expires it',
          cause: 'Node 2 keeps the old certificate of the identity provider until it restarts',
        },
      ],
      issues: [
        {
          ...{ tracker: 'github', host: 'github.com', key: 'acme/shop#12', title: 'Expire cached IdP certificates' },
          ...{ url: 'https://github.com/acme/shop/issues/12', at: TEN, by: elif },
          told: { state: 'in-progress', at: TEN, by: 'octocat' },
        },
      ],
      release: { at: TEN, by: elif, release: 'hotfix', date: TEN + 6 * HOUR_MS, reason: 'Executive review next week' },
    }),
    comments: [
      aRemark({
        text: 'Hello,\n\nsince this morning about every third attempt to sign in with SSO fails with "Invalid SAML response".\n\nThis hits 50+ people. We have an executive review next week and need this to work.\n\nBest\nJane',
        attachments: ['login.har', 'screenshot of the error, Friday morning.png'],
      }),
      aRemark({
        ...{ at: '2026-03-06T08:20:00.000Z', by: 'Ana Lindqvist', role: 'agent' },
        text: 'Hi Jane, thank you. Did anything change at your identity provider since yesterday?',
      }),
      aRemark({ at: '2026-03-06T08:41:00.000Z', text: 'تم تجديد الشهادة أمس في Okta الساعة 18:00.' }),
      aRemark({
        ...{ at: '2026-03-06T09:05:00.000Z', by: 'Ana Lindqvist', role: 'agent' },
        text: 'Our engineers have it now. You hear from us again by 11:00 UTC.',
      }),
    ],
    clocks: [
      aClock({ name: 'resolution', tier: 3, targetMs: 4 * HOUR_MS, deadline: '2026-03-06T13:00:00.000Z' }),
      aClock({
        name: 'customer',
        tier: null,
        targetMs: 24 * HOUR_MS,
        elapsedMs: 2 * HOUR_MS,
        schedule: 'Berlin office',
      }),
      aClock({ name: 'first-response', tier: 3, state: 'met', targetMs: HOUR_MS / 2, elapsedMs: 9 * MINUTE_MS }),
      aClock({
        name: 'acknowledge',
        tier: 3,
        state: 'breached',
        targetMs: 5 * MINUTE_MS,
        breachedAt: '2026-03-06T09:05:00.000Z',
      }),
    ],
    timeline: [
      anEntry({
        text: 'Escalated to tier 3, queue platform: Severity P1 goes to tier 3; Component sso belongs to Platform',
      }),
      anEntry({ at: '2026-03-06T09:00:04.000Z', by: null, text: 'Ticket moved to Platform engineering' }),
      anEntry({ at: '2026-03-06T09:09:00.000Z', by: elif, text: 'Accepted' }),
    ],
    similar: [
      {
        ...{ id: 'ESC-2025-000871', summary: 'SSO fails after a certificate was renewed', url: null },
        outcome: 'Cache flushed after 3 h; article "Renewing an IdP certificate"',
      },
    ],
  })
}
