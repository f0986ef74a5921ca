import { ReportPage, type Section } from '../report/ReportPage.tsx'

const TRENDS: readonly Section[] = [
  {
    id: 'volume',
    figures: ['escalations', 'escalation_rate', 'first_level_resolution', 'time_to_escalate', 'mttr', 'reopen_rate'],
    tiles: [
      { kind: 'stack', by: 'severity' },
      { kind: 'course', measure: 'mttr' },
      { kind: 'course', measure: 'escalation_rate' },
      { kind: 'bars', measure: 'escalations', by: 'component' },
      { kind: 'bars', measure: 'escalations', by: 'reason' },
      { kind: 'hours' },
      { kind: 'backlog' },
    ],
  },
  {
    id: 'handing-over',
    figures: ['note_completeness', 'context_loss', 'returns', 'handoffs', 'ping_pong', 'bounce_cost'],
    tiles: [
      { kind: 'bars', measure: 'returns', by: 'queue' },
      { kind: 'bars', measure: 'note_completeness', by: 'component' },
    ],
  },
]

const SLA: readonly Section[] = [
  {
    id: 'attainment',
    figures: ['sla_attainment', 'customer_clock_attainment', 'promises_kept', 'time_to_acknowledge'],
    tiles: [
      { kind: 'course', measure: 'sla_attainment' },
      { kind: 'course', measure: 'customer_clock_attainment' },
      { kind: 'bars', measure: 'sla_attainment', by: 'tier' },
      { kind: 'bars', measure: 'sla_attainment', by: 'severity' },
      { kind: 'bars', measure: 'sla_attainment', by: 'queue' },
      { kind: 'bars', measure: 'customer_clock_attainment', by: 'segment' },
    ],
  },
]

const ENGINEERING: readonly Section[] = [
  {
    id: 'engineering',
    figures: ['engineering_attainment', 'time_to_investigate', 'time_to_fix', 'time_to_tell_customer', 'hotfix_share'],
    tiles: [
      { kind: 'spread', measure: 'time_to_fix', by: 'component' },
      { kind: 'course', measure: 'engineering_attainment' },
      { kind: 'bars', measure: 'time_to_tell_customer', by: 'component' },
      { kind: 'bars', measure: 'engineering_attainment', by: 'severity' },
    ],
  },
]

export const TrendsPage = () => <ReportPage sections={TRENDS} />
export const SlaPage = () => <ReportPage sections={SLA} />
export const EngineeringPage = () => <ReportPage sections={ENGINEERING} />
