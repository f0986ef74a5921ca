import type { ReactNode, RefObject } from 'react'
import { styled } from 'styled-components'
import type { LifeView } from '../../core/contract/life.ts'
import { useFormats } from '../i18n/text.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Box, Facts, Heading, PlainList, Quiet, Stack } from '../ui/layout.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { useNow } from '../ui/use-now.ts'
import { useLifeText } from './use-life-text.ts'

type StandingProps = { life: LifeView; headingRef: RefObject<HTMLHeadingElement | null> }

/** Who has it, what was done last, what engineering does, how it ended, and who is on call. */
export function Standing({ life, headingRef }: StandingProps) {
  const text = useLifeText()
  const formats = useFormats()
  const now = useNow()
  const { owner, helpers, progress, estimate, release, issues, fix, resolution, monitoringUntil, onCall } = life
  const last = progress.at(-1)
  const earlier = progress.slice(0, -1).toReversed()

  return (
    <Stack as="section" $gap={8} aria-labelledby="life-standing">
      <Heading id="life-standing" ref={headingRef} tabIndex={-1}>
        {text('standing.title')}
      </Heading>
      <Box as="div">
        <Facts>
          {row('owner', owner?.name ?? text('standing.nobody'))}
          {helpers.length > 0 && row('helpers', formats.list(helpers.map(({ name }) => name)))}
          {estimate && !resolution && row('estimate', <Moment at={estimate} />)}
          {!last && row('progress', text('standing.none'))}
          {issues.length > 0 &&
            row(
              'issues',
              <Stack $gap={4}>
                {issues.map(({ key, url, title, state }) => (
                  <div key={url}>
                    <TextLink href={url} target="_blank" rel="noreferrer">
                      {title || key}
                    </TextLink>
                    {state && <Quiet> {text(`issue.${state}`)}</Quiet>}
                  </div>
                ))}
              </Stack>,
            )}
          {release &&
            row(
              'release',
              <>
                {text(`decide-release.release.${release.release}`)}, {formats.dayOrTime(release.date, now)}
                {release.reason && <Quiet as="div">{release.reason}</Quiet>}
              </>,
            )}
          {fix && row('fix', [fix.version, fix.what].filter(Boolean).join(': '))}
          {resolution && (
            <>
              {row('resolution', text(`resolve.resolution.${resolution.code}`))}
              {row('rootCause', resolution.rootCause)}
              {row('cure', resolution.fix)}
              {row('article', <Article resolution={resolution} />)}
            </>
          )}
          {monitoringUntil && row('monitoring', formats.time(monitoringUntil, now))}
          {onCall && row('onCall', <OnCall onCall={onCall} />)}
        </Facts>
        {last && (
          <LastReport $gap={4}>
            <Quiet as="h3">{text('standing.progress')}</Quiet>
            <Report report={last} />
          </LastReport>
        )}
      </Box>
      {earlier.length > 0 && (
        <Disclosure
          summary={text(formats.isOne(earlier.length) ? 'standing.earlier.one' : 'standing.earlier.other', {
            count: earlier.length,
          })}
        >
          <Stack $gap={10}>
            {earlier.map((report) => (
              <Report key={`${report.at} ${report.by.id}`} report={report} />
            ))}
          </Stack>
        </Disclosure>
      )}
    </Stack>
  )

  function row(name: RowName, value: ReactNode) {
    return (
      <>
        <dt>{text(`standing.${name}`)}</dt>
        <dd>{value}</dd>
      </>
    )
  }
}

type RowName =
  | 'owner'
  | 'helpers'
  | 'estimate'
  | 'progress'
  | 'issues'
  | 'release'
  | 'fix'
  | 'resolution'
  | 'rootCause'
  | 'cure'
  | 'article'
  | 'monitoring'
  | 'onCall'

const LastReport = styled(Stack)`
  margin-top: 8px;

  h3 {
    margin: 0;
    font-weight: 400;
  }
`

function Moment({ at }: { at: string }) {
  const text = useLifeText()
  const formats = useFormats()
  const now = useNow()
  return (
    <>
      <strong>{formats.time(at, now)}</strong>{' '}
      <Quiet>
        {Date.parse(at) < now ? `${text('standing.overdue')}, ` : ''}
        {formats.fromNow(at, now)}
      </Quiet>
    </>
  )
}

function Report({ report }: { report: LifeView['progress'][number] }) {
  const text = useLifeText()
  const formats = useFormats()
  const now = useNow()
  const { at, by, status, actions, nextSteps, cause } = report
  return (
    <Stack $gap={4} as="div">
      {status && <strong>{text(`progress.status.${status}`)}</strong>}
      {actions.length > 0 && (
        <PlainList>
          {actions.map((action, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may have been done twice
            <li key={`${index} ${action}`}>{action}</li>
          ))}
        </PlainList>
      )}
      {cause && <span>{text('standing.cause', { text: cause })}</span>}
      {nextSteps && <span>{text('standing.next', { text: nextSteps })}</span>}
      <Quiet>{text('standing.by', { name: by.name, time: formats.time(at, now) })}</Quiet>
    </Stack>
  )
}

function Article({ resolution }: { resolution: NonNullable<LifeView['resolution']> }) {
  const text = useLifeText()
  const { article, articleUrl, articleReason } = resolution
  return (
    <>
      {articleUrl ? (
        <TextLink href={articleUrl} target="_blank" rel="noreferrer">
          {text(`resolve.article.${article}`)}
        </TextLink>
      ) : (
        text(`resolve.article.${article}`)
      )}
      {articleReason && <Quiet as="div">{articleReason}</Quiet>}
    </>
  )
}

function OnCall({ onCall: { now: present, next } }: { onCall: NonNullable<LifeView['onCall']> }) {
  const text = useLifeText()
  const formats = useFormats()
  const now = useNow()
  return (
    <>
      {present
        ? present.until
          ? text('standing.onCall.now', { person: present.person, time: formats.time(present.until, now) })
          : text('standing.onCall.open', { person: present.person })
        : text('standing.onCall.nobody')}
      {next?.from && (
        <Quiet as="div">
          {text('standing.onCall.next', { person: next.person, time: formats.time(next.from, now) })}
        </Quiet>
      )}
    </>
  )
}
