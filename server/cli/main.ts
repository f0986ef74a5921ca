/** `baton`: everything an operator does, on the command line. */
import { Command } from 'commander'
import { addAdminCommands } from './admin.ts'
import { addAppCommands } from './app.ts'
import { addAuditCommands } from './audit.ts'
import { addClockCommands } from './clock.ts'
import { addClocksCommands } from './clocks.ts'
import { addDecideCommands } from './decide.ts'
import { addDeflectionCommands } from './deflection.ts'
import { addIncidentCommands } from './incident.ts'
import { addKeysCommands } from './keys.ts'
import { addKnowledgeCommands } from './knowledge.ts'
import { addMeasuresCommands } from './measures.ts'
import { addNoteCommands } from './note.ts'
import { addNoticesCommands } from './notices.ts'
import { addOncallCommands } from './oncall.ts'
import { addPolicyCommands } from './policy.ts'
import { addPressureCommands } from './pressure.ts'
import { addReviewsCommands } from './reviews.ts'
import { addSchedulesCommands } from './schedules.ts'
import { addSimilarCommands } from './similar.ts'
import { addSyncCommands } from './sync.ts'
import { addVerifyCommands } from './verify.ts'

const program = new Command('baton')
  .description('Support escalations on Zendesk: notes, policy, decisions and the installation.')
  .showHelpAfterError('(add --help for what it takes)')
  .configureHelp({ showGlobalOptions: true })

addAdminCommands(program)
addPolicyCommands(program)
addDecideCommands(program)
addAuditCommands(program)
addClockCommands(program)
addClocksCommands(program)
addDeflectionCommands(program)
addIncidentCommands(program)
addMeasuresCommands(program)
addNoteCommands(program)
addNoticesCommands(program)
addOncallCommands(program)
addPressureCommands(program)
addReviewsCommands(program)
addSchedulesCommands(program)
addSyncCommands(program)
addSimilarCommands(program)
addVerifyCommands(program)
addKeysCommands(program)
addKnowledgeCommands(program)
addAppCommands(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
