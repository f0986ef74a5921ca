import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Note } from '../../core/note/note.ts'
import { measuredData } from '../support/measured-data.ts'
import { aNote } from '../support/notes.ts'
import { startWorld } from '../support/world.ts'

/** Real bug reports: stack traces, odd characters, up to 6,000 characters. */
const CORPUS = measuredData('similar-bugs.corpus.jsonl.gz')
const COUNT = 200

type Report = { id: string; summary: string; description: string }

it.skipIf(!CORPUS)(
  `carries ${COUNT} real bug reports from the sidebar to the specialists and back, byte for byte (skipped where they are neither beside the checkout nor in BATON_TEST_DATA)`,
  async () => {
    const limits = { accountPerMinute: 1e6, sessionPer5Minutes: 1e6, ticketUpdatesPerMinute: 1e6 }
    await using world = await startWorld({ zendesk: { limits } })
    const sent = new Map<number, Note>()

    for (const report of firstReports()) {
      const ticket = world.newTicket({
        subject: report.summary,
        comment: { body: report.description || report.summary, public: true },
      })
      const note = noteOf(report)
      const outcome = await world.agent('Ana').send(ticket.id, note)
      expect(outcome.kind, `sending ${report.id}`).toBe('sent')
      sent.set(ticket.id, note)
    }
    await world.settle()

    for (const [ticketId, note] of sent) {
      const { escalation, refused } = await world.view(ticketId)
      expect(refused, `ticket ${ticketId}`).toEqual([])
      expect(escalation?.note, `ticket ${ticketId}`).toEqual(note)
      expect(escalation?.routing.state, `ticket ${ticketId}`).toBe('done')
    }
  },
  240_000,
)

function firstReports(): Report[] {
  const lines = gunzipSync(readFileSync(CORPUS!)).toString('utf8').split('\n', COUNT)
  return lines.map((line) => JSON.parse(line) as Report)
}

function noteOf({ id, summary, description }: Report): Note {
  return aNote({
    issue: {
      summary,
      symptoms: description
        .split('\n\n')
        .slice(0, 20)
        .filter((part) => part !== ''),
    },
    diagnostics: { log_excerpts: description, evidence: [`https://issues.example/${id}`] },
  })
}
