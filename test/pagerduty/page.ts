import { html, htmlPage } from '../slack/page.ts'
import type { Alert } from './server.ts'

/** The alerts as a page, newest first. */
export function renderAlerts(alerts: readonly Alert[]): string {
  if (alerts.length === 0) return htmlPage('Local PagerDuty', '<p>Nobody was paged.</p>')
  const shown = alerts.toReversed().map(({ service, summary, status, severity, details, log }) => {
    const rows = Object.entries(details).map(
      ([name, value]) => `<dt>${html(name)}</dt><dd>${html(String(value)).replaceAll('\n', '<br>')}</dd>`,
    )
    return `<article><h2>${html(summary)}</h2><p><strong>${status}</strong>, ${html(severity)}, service ${html(service)}</p><dl>${rows.join('')}</dl><p>${log.join(', ')}</p></article>`
  })
  return htmlPage('Local PagerDuty', shown.join(''))
}
