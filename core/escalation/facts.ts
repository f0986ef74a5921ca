import type { CommentSignal } from '../clock/clock-event-comment.ts'
import type { ClockPlan } from '../clock/plan.ts'
import type { CalendarOf } from '../clock/sla.ts'
import type { Said } from '../command/forms.ts'
import type { Envelope } from '../contract/command.ts'
import type { MessageKind } from '../customer/words.ts'
import type { Decision } from '../decide/decision.ts'
import type { IssueFact } from '../engineering/issue-fact.ts'
import type { IssueReading } from '../engineering/issue-url.ts'
import type { Completeness } from '../note/completeness.ts'
import type { Note } from '../note/note.ts'
import type { Instant } from '../units.ts'
import type { Helper } from './life-state.ts'
import type { TicketMoment } from './state.ts'

/** Who did something, as Zendesk's audit and user record say; never as a browser claims. */
export type Author = {
  id: number
  name: string
  role: 'end-user' | 'agent' | 'admin'
  isLightAgent: boolean
  groupIds: number[]
}

/** What a comment said when it was read back as a note. */
export type NoteReading =
  | { ok: true; note: Note; digest: string }
  /** Not a note of ours, or one that was edited: `problems` are sentences for the person who sent it. */
  | { ok: false; problems: string[] }

/**
 * Where a fact stands in the ticket's history: `part` counts the facts of one audit from 0, because one update may
 * carry a command and a change of group.
 */
export type AuditPosition = { auditId: number; part: number }

/** A fact that an escalation may begin with. */
export type Beginning = {
  /** The id that the escalation bears in the ticket already, when its record is built again. */
  knownAs?: string
}

/** The ticket as it stood when it was handed over; an amended note is judged as if it still stood so. */
export type HandedOver = {
  groupName: string | null
  /** Whoever had it, to whom it goes back; left out by states that were kept before this was asked. */
  assigneeId?: number | null
  tier: number
  priority: string | null
  tags: string[]
}

/** Something a person asked for through the ticket. */
export type CommandFact = AuditPosition &
  Beginning & {
    kind: 'command'
    at: Instant
    author: Author
    /** Null when somebody wrote a well-formed note without the app (a macro, a phone). */
    envelope: Envelope | null
    reading: NoteReading
    /** The policy's answer to this note, computed by the caller; null when the note could not be read. */
    decision: Decision | null
    completeness: Completeness | null
    /** What the policy says about the time of this hand-over; null when there is no decision. */
    plan: ClockPlan | null
    /** Whether a note below the bar may go at once (P0 and P1). */
    sentAtOnce: boolean
    /** Groups whose agents may escalate; empty means any agent. */
    allowedGroupIds: number[]
    ticket: HandedOver
  }

/** What a comment said when it was read back as one of the forms. */
export type SaidReading = { ok: true; said: Said; digest: string } | { ok: false; problems: string[] }

/** What somebody is to an escalation, by Zendesk's groups and roles and by the policy; one person may be several. */
export type Standing = {
  /** Belongs to the group of the queue that has it, or owns it. */
  isReceiver: boolean
  /** Asked for it, or may escalate by the policy. */
  isEscalator: boolean
  /** Leads the tier or the queue that has it. */
  isLead: boolean
  isAdmin: boolean
  /** Is among those whose approval it waits for. */
  isApprover: boolean
}

/** Something a person said after the note: accepted, returned, reported … */
export type SaidFact = AuditPosition & {
  kind: 'said'
  at: Instant
  author: Author
  /** Null when somebody wrote a well-formed comment without the app (a macro, a phone). */
  envelope: Envelope | null
  reading: SaidReading
  standing: Standing
  /** Where the policy sends it: for `hand-on` what was asked for, for `approve` what was waited for; else null. */
  target: Raise | null
  /** For `hand-on` to a place that the policy does not have: which ones it has, in sentences. */
  noTarget?: string
  /** The people that `ask-help` names, looked up. */
  helpers: Helper[]
  /** The address that `link-issue` names, read by the trackers the company uses; else null. */
  issue: IssueReading | null
}

/** Where a change of group took the ticket. */
export type BareMove = {
  /** Null for a ticket that left its group. */
  groupName: string | null
  /** What the policy answers for the queue whose group it is, to a note that says nothing yet; null for other groups. */
  target: Raise | null
  /** What a note that says nothing owes. */
  completeness: Completeness
  /** The ticket as it stood before. */
  from: HandedOver
}

/** The ticket itself changed in a way that matters to an escalation. */
export type TicketFact = AuditPosition &
  Beginning & {
    kind: 'ticket'
    at: Instant
    author: Author | null
    change:
      | { what: 'created'; status: string }
      | { what: 'status'; to: string }
      /** `move` is left out where nobody asked what the move means. */
      | { what: 'group'; to: number | null; move?: BareMove }
      | { what: 'assigned'; to: number | null; name: string | null }
      | { what: 'merged' }
      | { what: 'comment'; signal: Exclude<CommentSignal, null> }
      /** Baton has written to the customer by itself. */
      | { what: 'told'; message: MessageKind }
      /** The ticket goes on from a closed one: all that moved the clocks of that. */
      | { what: 'follow-up'; status: string; moments: TicketMoment[] }
  }

/** Everything up to and including this audit was looked at, so that it need not be read again. */
export type ReadFact = {
  kind: 'read'
  auditId: number
  /** Whatever happened to the ticket by then was among what was read. */
  at?: Instant
}

/** Zendesk no longer shows the ticket: it was deleted. There is no audit left to take this from. */
export type GoneFact = { kind: 'gone'; at: Instant }

/** An effect of ours came to an end, or its next try was put off. */
export type EffectFact = {
  kind: 'effect'
  effectId: string
  at: Instant
  outcome: /** `wasPublic`: Zendesk stored our comment as public; it was made private at once. */
    | { state: 'done'; differences: Difference[]; wasPublic: boolean }
    | { state: 'refused'; reason: string; detail: string }
    | { state: 'retrying'; reason: string; detail: string; attempts: number }
    | { state: 'failed'; reason: string; detail: string; attempts: number }
}

/** The next tier up, as the policy answers it for an escalation that nobody resolved in time. */
export type Raise = { decision: Decision; plan: ClockPlan }

/** Time has come to `at`: what fell due by then is told, once. */
export type TickFact = {
  kind: 'tick'
  at: Instant
  /** Null at the highest tier. */
  raise: Raise | null
}

/** The policy has changed and an admin wants it to hold for this open escalation too. Its time counted stays. */
export type ReplanFact = { kind: 'replan'; at: Instant; by: string; plan: ClockPlan }

/** What Zendesk returned where it is not what was asked. */
export type Difference = { field: string; asked: string; returned: string }

/** What an update of the ticket holds. */
export type AuditedFact = CommandFact | SaidFact | TicketFact

export type Fact = AuditedFact | IssueFact | ReadFact | GoneFact | EffectFact | TickFact | ReplanFact

/** What `evolve` may allot from; the caller guarantees it is unused. */
export type Allotment = { escalationId: string }

/** What `evolve` is given besides state and fact. */
export type Means = {
  /** Called once, only when a new escalation begins. */
  allot(): Allotment
  /** The calendar of a schedule of the policy; every hour for one that is not known. */
  calendarOf: CalendarOf
}
