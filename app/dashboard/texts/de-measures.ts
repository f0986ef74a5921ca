import type { MeasureDefinition, MeasureId } from '../../../core/contract/report.ts'

type Said = Partial<Pick<MeasureDefinition, 'title' | 'definition' | 'window' | 'denominator' | 'exclusions'>>

const NOT_MERGED = 'Tickets, die mit einem anderen zusammengeführt oder gelöscht wurden; sie werden getrennt gezählt.'
const ASKED_FOR = 'Als sie angefragt wurde'
const EPISODES = 'Angefragte Eskalationen, über die entschieden ist.'
const DECIDED = 'Als die Uhr entschieden war. Laufende zählen getrennt, in dem Zeitraum, in dem sie begannen'

const step = (title: string, definition: string, window: string): Said => ({
  ...{ title, definition, window },
  denominator: 'Übergaben, die so weit kamen. Laufende zählen getrennt und stehen in keinem Median.',
  exclusions: `Vorher weitergegeben oder beendet. ${NOT_MERGED}`,
})

/** What `core/metrics/definitions.ts` says of each measure, in German. */
export const germanMeasures: Readonly<Record<MeasureId, Said>> = {
  escalations: {
    ...{ title: 'Eskalationen', window: ASKED_FOR },
    definition: 'Angefragte Eskalationen, mit Notiz oder durch Verschieben des Tickets. Nach Person: wer sie anfragte.',
  },
  escalation_rate: {
    title: 'Eskalationsrate',
    definition:
      'Tickets, deren Eskalation im Zeitraum begann, gegen Tickets, die darin erstellt wurden. Es müssen nicht dieselben sein. Nach Person: wer zuerst eskalierte, sonst wer zugewiesen ist.',
    window: 'Beginn einer Eskalation; Erstellung eines Tickets',
    denominator: 'Im Zeitraum erstellte Tickets.',
    exclusions: NOT_MERGED,
  },
  escalation_rate_cohort: {
    title: 'Eskalationsrate neuer Tickets',
    definition:
      'Von den im Zeitraum erstellten Tickets jene, die seither mindestens einmal eskaliert wurden. Junge können es noch werden.',
    window: 'Erstellung des Tickets',
    denominator: 'Im Zeitraum erstellte Tickets.',
    exclusions: NOT_MERGED,
  },
  first_level_resolution: {
    title: 'Von der ersten Stufe gelöst',
    definition: 'Von den im Zeitraum gelösten Tickets jene, die nie eine Stufe über der ersten hatte.',
    window: 'Als das Ticket zuletzt gelöst wurde',
    denominator: 'Im Zeitraum gelöste Tickets.',
    exclusions: NOT_MERGED,
  },
  time_to_escalate: {
    ...{ title: 'Zeit bis zur Eskalation', window: ASKED_FOR },
    definition: 'Von der Erstellung des Tickets bis zu seiner ersten Eskalation, nach dem Kalender.',
    denominator: 'Tickets mit einer ersten Eskalation im Zeitraum.',
    exclusions: 'Tickets, deren Erstellung nicht bekannt ist.',
  },
  mttr: {
    ...{ title: 'Zeit bis zur Lösung', window: ASKED_FOR },
    definition:
      'Von der Übergabe bis zur letzten Lösung, nach dem Kalender: Median, Mittel und Perzentile. Nach Person: wer sie zuletzt hatte.',
    denominator: 'Gelöste Eskalationen. Offene zählen getrennt: Die Zahl kann durch sie noch wachsen.',
    exclusions: `Beendet, ohne gelöst zu sein. ${NOT_MERGED}`,
  },
  time_to_acknowledge: step(
    'Zeit bis zur Annahme',
    'Von jeder Übergabe an eine Stufe, bis jemand von ihr annahm, nach dem Kalender. Nach Person: wer annahm.',
    'Als die Stufe sie bekam',
  ),
  time_to_investigate: step(
    'Zeit bis zur Ursache',
    'Von der Annahme bis zum ersten Bericht, der eine Ursache nennt, nach dem Kalender.',
    'Als sie angenommen wurde',
  ),
  time_to_fix: step(
    'Zeit bis zur Behebung',
    'Von der Ursache bis zu einer Behebung, die man haben kann, nach dem Kalender.',
    'Als die Ursache berichtet wurde',
  ),
  time_to_tell_customer: step(
    'Zeit bis zur Nachricht an den Kunden',
    'Von der Behebung bis zum nächsten öffentlichen Wort an den Kunden, nach dem Kalender.',
    'Als man die Behebung haben konnte',
  ),
  sla_attainment: {
    ...{ title: 'Ziele der Stufen erreicht', window: DECIDED },
    definition:
      'Uhren von Stufen, die eingehalten wurden, von denen, die eingehalten oder verfehlt wurden, nach dem geltenden Dienstplan. Eine Uhr zählt für ihre eigene Stufe, mit dem Schweregrad, der galt, als sie entschieden wurde.',
    denominator: 'Uhren, die eingehalten oder verfehlt wurden.',
    exclusions: `Abgebrochen, weil weitergegeben oder beendet wurde. ${NOT_MERGED}`,
  },
  customer_clock_attainment: {
    ...{ title: 'Uhren der Kunden eingehalten', window: DECIDED },
    definition:
      'Dasselbe für die Uhr, die ab Erstellung des Tickets läuft, wer auch immer es hat. Einmal je Ticket, mit seiner bis dahin letzten Eskalation.',
    denominator: 'Uhren von Kunden, die eingehalten oder verfehlt wurden.',
    exclusions: NOT_MERGED,
  },
  engineering_attainment: {
    ...{ title: 'Ziele der Entwicklung erreicht', window: DECIDED },
    definition:
      'Dasselbe für die Uhren der Entwicklung allein: annehmen, untersuchen, beheben, und von der Behebung bis zur Nachricht an den Kunden.',
    denominator: 'Uhren der Entwicklung, die eingehalten oder verfehlt wurden.',
    exclusions: `Abgebrochen, weil weitergegeben oder beendet wurde. ${NOT_MERGED}`,
  },
  promises_kept: {
    title: 'Rechtzeitig gemeldet',
    definition:
      'Zusagen, dem Kunden im vereinbarten Takt zu schreiben, die gehalten wurden, bevor sie überfällig waren. Jedes Schweigen ist eine Zusage.',
    window: 'Als dem Kunden geschrieben wurde; als eine überfällige Zusage fällig war',
    denominator: 'Zusagen, die gehalten wurden oder überfällig waren.',
    exclusions: 'Was wegfiel, weil das Ticket gelöst war, wartete oder beendet wurde.',
  },
  returns: {
    title: 'Zurückgegeben',
    definition:
      'Von den Übergaben, die eine Stufe annahm oder zurückgab, jene, die sie zurückgab: unvollständig, unter der Stufe, bekannt, doppelt oder im falschen Team. Nach Person: wer eskalierte.',
    window: 'Als sie angenommen oder zurückgegeben wurde',
    denominator: 'Angenommene oder zurückgegebene Übergaben.',
    exclusions: 'Vorher weitergegeben oder beendet.',
  },
  handoffs: {
    ...{ title: 'Übergaben', window: ASKED_FOR },
    definition:
      'Wechsel der Stufe oder des Teams in einer Eskalation, durch Menschen oder Baton, die erste und Rückgaben eingeschlossen.',
    denominator: 'Eskalationen, die gelöst oder beendet sind.',
  },
  ping_pong: {
    ...{ title: 'Hin und her', window: ASKED_FOR },
    definition: 'Eskalationen, die mindestens zweimal in ein Team kamen, das sie schon hatte.',
    denominator: EPISODES,
    exclusions: NOT_MERGED,
  },
  bounce_cost: {
    title: 'Kosten des Hin und Her',
    definition:
      'Von Eskalationen, die zurückkamen: von jedem Zurückkommen, bis wieder jemand annahm, zusammengezählt, nach dem Kalender.',
    window: 'Das erste Zurückkommen',
    denominator: 'Eskalationen, die zurückkamen und wieder angenommen wurden oder beendet sind.',
    exclusions: NOT_MERGED,
  },
  context_loss: {
    ...{ title: 'Nachfragen nötig', window: ASKED_FOR },
    definition:
      'Eskalationen, in denen Empfangende markierten, dass sie fragen mussten, was in der Notiz stehen sollte.',
    denominator: EPISODES,
    exclusions: NOT_MERGED,
  },
  note_completeness: {
    ...{ title: 'Vollständigkeit der Notiz', window: ASKED_FOR },
    definition: 'Was Notizen beim Senden erreichten, 0 bis 100, nach den damaligen Gewichten der Richtlinie.',
    denominator: 'Mit einer Notiz angefragte Eskalationen.',
    exclusions: 'Ohne Notiz verschobene Tickets.',
  },
  hotfix_share: {
    title: 'Hotfixes',
    definition: 'Von den Behebungen mit entschiedener Veröffentlichung jene, die als Hotfix kommen.',
    window: 'Als zuletzt über die Veröffentlichung entschieden wurde',
    denominator: 'Eskalationen mit entschiedener Veröffentlichung.',
  },
  reopen_rate: {
    title: 'Wiedereröffnet',
    definition:
      'Von den im Zeitraum gelösten Tickets jene, die ihr Absender innerhalb von 28 Tagen wieder öffnete oder mit einem Folgeticket aufnahm. Junge können es noch werden.',
    window: 'Als das Ticket zuerst gelöst wurde',
    denominator: 'Im Zeitraum gelöste Tickets.',
    exclusions: `Nur von Agenten oder einer Regel wieder geöffnet. ${NOT_MERGED}`,
  },
  link_rate: {
    title: 'Mit Artikel gelöst',
    definition: 'Von den Eskalationen, die jemand löste, jene mit einem verknüpften oder verbesserten Artikel.',
    window: 'Als sie gelöst wurde',
    denominator: 'Mit einer Lösung gelöste Eskalationen.',
  },
  l1_capable: {
    title: 'Wäre tiefer lösbar gewesen',
    definition: 'Von den Eskalationen, über die Empfangende es sagten, jene, die die erste Stufe hätte lösen können.',
    window: 'Als sie gelöst wurde',
    denominator: 'Gelöste Eskalationen, über die es jemand sagte.',
    exclusions: 'Gelöste, über die es niemand sagte; sie zählen getrennt.',
  },
  backlog: {
    title: 'Offene Eskalationen',
    definition: 'Eskalationen, die am Ende des Zeitraums offen waren, oder jetzt, wenn das früher ist.',
    window: 'Das Ende des Zeitraums',
    exclusions: 'Gelöste, die beobachtet werden.',
  },
  load: {
    title: 'Last',
    definition:
      'Offene Eskalationen einer Stufe, gemittelt über die Dienststunden ihrer Leute. Das ist Last, nicht Auslastung: Wie lange jemand arbeitete, ist nicht bekannt.',
    window: 'Die Stunden des Zeitraums bis jetzt',
    denominator: 'Dienststunden der Stufen, nach ihren damaligen Dienstplänen.',
    exclusions: 'Was zurückgegeben war und auf die andere Seite wartete.',
  },
}
