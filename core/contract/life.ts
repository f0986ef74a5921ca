import { z } from 'zod'
import { ARTICLE_ANSWERS, PROGRESS_STATES, RELEASES, RESOLUTION_CODES, RETURN_REASONS } from '../command/answers.ts'
import { COMMAND_NAMES } from '../command/forms.ts'
import { ISSUE_STATES } from '../engineering/issue-state.ts'
import { CRITERIA } from '../escalation/criteria.ts'

/** ISO 8601, UTC. */
const moment = z.string()
const person = z.strictObject({ id: z.int(), name: z.string() })

/** What the policy asks for, and what there is of it as a sentence. */
const criterion = z.strictObject({ criterion: z.enum(CRITERIA), detail: z.string() })

/** Somebody on call, and how long. */
const duty = z.strictObject({ person: z.string(), from: moment.nullable(), until: moment.nullable() })

/** What people said and did in an escalation since it was asked for, as the sidebar shows it. */
export const LifeView = z.strictObject({
  /** Whoever has it; null while nobody does. */
  owner: person.nullable(),
  helpers: z.array(z.strictObject({ id: z.int().nullable(), name: z.string() })),
  /**
   * What the person who looks may do now, as far as their browser says who they are: it decides what is shown and
   * nothing else. Whether a command is carried out is decided when it comes.
   */
  may: z.array(z.enum(COMMAND_NAMES)),
  /** Oldest first. */
  progress: z.array(
    z.strictObject({
      at: moment,
      by: person,
      status: z.enum(PROGRESS_STATES).nullable(),
      actions: z.array(z.string()),
      nextSteps: z.string(),
      cause: z.string(),
      estimate: moment.nullable(),
    }),
  ),
  /** When it should be solved, as was said last. */
  estimate: moment.nullable(),
  release: z
    .strictObject({ at: moment, by: person, release: z.enum(RELEASES), date: moment, reason: z.string() })
    .nullable(),
  /** `state` is null before the tracker told any. */
  issues: z.array(
    z.strictObject({
      key: z.string(),
      url: z.string(),
      title: z.string(),
      state: z.enum(ISSUE_STATES).nullable(),
      changedAt: moment.nullable(),
    }),
  ),
  fix: z.strictObject({ at: moment, by: person.nullable(), version: z.string(), what: z.string() }).nullable(),
  /** Sent back and waiting for the escalating side; `missing` names headings of the note. */
  returned: z
    .strictObject({
      at: moment,
      by: person,
      reason: z.enum(RETURN_REASONS),
      missing: z.array(z.string()),
      explanation: z.string(),
    })
    .nullable(),
  resolution: z
    .strictObject({
      at: moment,
      by: person,
      rootCause: z.string(),
      code: z.enum(RESOLUTION_CODES),
      fix: z.string(),
      article: z.enum(ARTICLE_ANSWERS),
      articleUrl: z.string(),
      articleReason: z.string(),
      couldBeLower: z.boolean().nullable(),
    })
    .nullable(),
  approval: z
    .strictObject({
      title: z.string(),
      /** Who is to agree, as the rule names them. */
      of: z.string(),
      state: z.enum(['pending', 'approved', 'rejected']),
      at: moment,
      by: person.nullable(),
      comment: z.string(),
    })
    .nullable(),
  /** Whether it can go back to whom it came from by what the policy asks for; null before it is resolved. */
  advice: z
    .strictObject({ action: z.enum(['de-escalate', 'wait']), present: z.array(criterion), missing: z.array(criterion) })
    .nullable(),
  /** When the customer is to hear from us next, and since when they have heard nothing. */
  promise: z
    .strictObject({ nextUpdateDue: moment.nullable(), isOverdue: z.boolean(), silentSince: moment.nullable() })
    .nullable(),
  /** Until when the fix is watched. */
  monitoringUntil: moment.nullable(),
  /** Of the queue that has it; `now` is null when nobody is on call. */
  onCall: z.strictObject({ now: duty.nullable(), next: duty.nullable() }).nullable(),
  /** It was sent back and forth so often that it should be worked on together, or a lead should decide. */
  proposal: z.enum(['swarm-or-lead']).nullable(),
  /** Headings of the note that the receiver had to ask about. */
  askedAbout: z.array(z.string()),
  /** How often it came back to a queue that had it before. */
  bounces: z.int(),
  /** Where it may be handed on to. */
  queues: z.array(z.strictObject({ id: z.string(), name: z.string(), tier: z.int() })),
  /** Ids of the commands that were carried out or refused last, newest last. */
  taken: z.array(z.string()),
})
export type LifeView = z.infer<typeof LifeView>
