import { TRACKER_NAMES } from '../engineering/tracker.ts'
import type { Escalation } from '../escalation/state.ts'
import type { PacketBlock, PacketFact, PacketSection } from './shape.ts'
import { ISSUE_WORDS, isoOf, plain, showInstant } from './words.ts'

/** What was done since it was handed over, by people and by engineering. */
export function workSection(escalation: Escalation): PacketSection {
  return {
    id: 'work',
    title: 'Work so far',
    blocks: [
      ...facts(null, standing(escalation)),
      ...escalation.progress.flatMap(progressBlocks),
      ...facts('Engineering', engineering(escalation)),
      ...facts('Resolution', resolution(escalation)),
    ],
  }
}

function standing({ owner, helpers, estimate, returns, fix }: Escalation): PacketFact[] {
  const last = returns.at(-1)
  return [
    ...of('Owner', owner?.name),
    ...of('Helping', helpers.map(({ name }) => name).join(', ')),
    ...(estimate === null ? [] : [{ label: 'Should be solved', text: '', at: isoOf(estimate) }]),
    ...of('Returned', last && last.cameBack === null ? `${plain(last.reason)}\n${last.explanation}`.trim() : null),
    ...of('Fix available', fix && [fix.version, fix.what].filter(Boolean).join('\n')),
  ]
}

function progressBlocks({ at, by, actions, nextSteps, cause }: Escalation['progress'][number]): PacketBlock[] {
  const told = [...of('Done', actions.join('\n')), ...of('Cause found', cause), ...of('Next', nextSteps)]
  return facts(`${by.name}, ${showInstant(isoOf(at))}`, told)
}

function engineering({ issues, release }: Escalation): PacketFact[] {
  return [
    ...issues.map(({ tracker, key, title, url, told }) => ({
      label: told === null ? 'Linked' : ISSUE_WORDS[told.state],
      text: `${TRACKER_NAMES[tracker]} ${key}${title === '' ? '' : `: ${title}`}`,
      url,
    })),
    ...(release === null
      ? []
      : [
          { label: 'Ships with', text: release.release === 'hotfix' ? 'a hotfix' : 'the next release' },
          { label: 'Ships on', text: '', at: isoOf(release.date) },
          ...of('Because', release.reason),
        ]),
  ]
}

function resolution({ resolution: given, ending }: Escalation): PacketFact[] {
  return [
    ...of('Root cause', given?.rootCause),
    ...of('How', given && plain(given.code)),
    ...of('Fix', given?.fix),
    ...of('Article', given && [plain(given.article), given.articleUrl, given.articleReason].filter(Boolean).join('\n')),
    ...of('Ended', ending && [plain(ending.how), ending.rationale].filter(Boolean).join('\n')),
  ]
}

function of(label: string, text: string | null | undefined): PacketFact[] {
  return text ? [{ label, text }] : []
}

function facts(heading: string | null, all: PacketFact[]): PacketBlock[] {
  return all.length > 0 ? [{ kind: 'facts', heading, facts: all }] : []
}
