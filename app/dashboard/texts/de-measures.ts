import type { MeasureDefinition, MeasureId } from '../../../core/contract/report.ts'

type Said = Partial<Pick<MeasureDefinition, 'title' | 'definition' | 'window' | 'denominator' | 'exclusions'>>

/** What `core/metrics/definitions.ts` says of each measure, in German. */
export const germanMeasures: Partial<Record<MeasureId, Said>> = {
  escalations: { title: 'Eskalationen' },
  escalation_rate: { title: 'Eskalationsrate' },
  escalation_rate_cohort: { title: 'Eskalationsrate neuer Tickets' },
  first_level_resolution: { title: 'Von der ersten Stufe gelöst' },
  time_to_escalate: { title: 'Zeit bis zur Eskalation' },
  mttr: { title: 'Zeit bis zur Lösung' },
  time_to_acknowledge: { title: 'Zeit bis zur Annahme' },
  time_to_investigate: { title: 'Zeit bis zur Ursache' },
  time_to_fix: { title: 'Zeit bis zur Behebung' },
  time_to_tell_customer: { title: 'Zeit bis zur Nachricht an den Kunden' },
  sla_attainment: { title: 'Ziele der Stufen erreicht' },
  customer_clock_attainment: { title: 'Uhren der Kunden eingehalten' },
  engineering_attainment: { title: 'Ziele der Entwicklung erreicht' },
  promises_kept: { title: 'Rechtzeitig gemeldet' },
  returns: { title: 'Zurückgegeben' },
  handoffs: { title: 'Übergaben' },
  ping_pong: { title: 'Hin und her' },
  bounce_cost: { title: 'Kosten des Hin und Her' },
  context_loss: { title: 'Nachfragen nötig' },
  note_completeness: { title: 'Vollständigkeit der Notiz' },
  hotfix_share: { title: 'Anteil der Hotfixes' },
  reopen_rate: { title: 'Wiedereröffnet' },
  link_rate: { title: 'Mit Artikel verknüpft' },
  l1_capable: { title: 'Wäre tiefer lösbar gewesen' },
  backlog: { title: 'Rückstand' },
  load: { title: 'Last' },
}
