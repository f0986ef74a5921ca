import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'
import { DeflectionResponse, type ShareView } from '../../../core/contract/knowledge.ts'
import { useFormats } from '../../i18n/text.tsx'
import { Quiet, Stack } from '../../ui/layout.tsx'
import { Pill } from '../../ui/Pill.tsx'
import { IntervalBars } from '../charts/lazy.ts'
import { useInWindow } from '../people/use-in-window.ts'
import { Part } from '../report/ReportPage.tsx'
import { TextLink } from '../report/Textual.tsx'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { LEAST } from '../tile/Figure.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile, Tiles } from '../tile/Tile.tsx'
import { useDays } from '../tile/use-days.ts'
import { NOTHING, useValueFormat } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'

const SHARES = ['l1Capable', 'repeat', 'captured', 'uncaptured'] as const
const MOST_BARS = 8

/** How many hours went into what a lower tier could have solved, of which patterns, and how sure that is. */
export function Opportunities() {
  const text = useDeskText()
  const formats = useFormats()
  const hours = useValueFormat('duration')
  const reading = useInWindow('/desk/deflection', DeflectionResponse)
  const known = reading.state === 'ready' ? reading.value : null
  const isBusy = reading.state === 'loading'
  return (
    <Part aria-labelledby="deflection-title">
      <h2 id="deflection-title">{text('deflection.title')}</h2>
      <Tiles>
        <Tile
          title={text('deflection.hours')}
          isBusy={isBusy}
          about={known && <Assumptions all={known.assumptions} excluded={known.excluded} />}
        >
          <Shown reading={reading} height={92}>
            {({ hours: { value, low, high }, episodes }) => (
              <>
                <Large>{episodes < LEAST ? text('figure.few', { count: episodes }) : hours.value(value)}</Large>
                <Quiet>{text('deflection.interval', { low: hours.value(low), high: hours.value(high) })}</Quiet>
                <Quiet>{text('deflection.episodes', { count: episodes })}</Quiet>
              </>
            )}
          </Shown>
        </Tile>
        {SHARES.map((share) => (
          <Tile
            key={share}
            title={text(`deflection.${share}`)}
            isBusy={isBusy}
            about={text(`deflection.${share}.about`)}
          >
            <Shown reading={reading} height={92}>
              {({ shares }) => <ShareFigure share={shares[share]} />}
            </Shown>
          </Tile>
        ))}
        <Tile title={text('deflection.stops')} isBusy={isBusy} about={text('deflection.stops.about')}>
          <Shown reading={reading} height={92}>
            {({ stops }) => <Large>{formats.number(stops)}</Large>}
          </Shown>
        </Tile>
      </Tiles>
      <Tile
        title={text('deflection.patterns')}
        isWide
        isBusy={isBusy}
        about={known && <Assumptions all={known.assumptions} excluded={known.excluded} />}
      >
        <Shown reading={reading} height={260}>
          {(deflection) =>
            deflection.opportunities.length === 0 ? (
              <Empty title={text('deflection.none')}>{text('deflection.none.text')}</Empty>
            ) : (
              <Patterns opportunities={deflection.opportunities} />
            )
          }
        </Shown>
      </Tile>
    </Part>
  )
}

function ShareFigure({ share: { hits, n, share, interval } }: { share: ShareView }) {
  const text = useDeskText()
  const formats = useFormats()
  const format = useValueFormat('share')
  if (share === null) {
    return (
      <>
        <Large>{text('figure.none')}</Large>
        <Quiet>{text('figure.none.text')}</Quiet>
      </>
    )
  }
  const count = formats.number(n)
  return (
    <>
      <Large>{n < LEAST ? text('figure.few', { count }) : format.value(share)}</Large>
      {interval && n >= LEAST && (
        <Quiet>{text('figure.interval', { low: format.value(interval[0]), high: format.value(interval[1]) })}</Quiet>
      )}
      <Quiet>{text('figure.hits', { hits: formats.number(hits), count })}</Quiet>
    </>
  )
}

function Patterns({ opportunities }: Pick<DeflectionResponse, 'opportunities'>) {
  const text = useDeskText()
  const formats = useFormats()
  const days = useDays()
  const hours = useValueFormat('duration')
  const share = useValueFormat('share')
  const bars = opportunities
    .filter((one) => one.hours !== null)
    .slice(0, MOST_BARS)
    .map(({ name, hours: estimate, count }) => {
      const { value, low, high } = estimate!
      const label = hours.axis(value)
      const said = `${name}: ${label} (${hours.axis(low)} – ${hours.axis(high)}), n = ${formats.number(count)}`
      return { name, value, interval: [low, high] as [number, number], label, text: said }
    })
  return (
    <ChartAndTable
      title={text('deflection.patterns')}
      height={bars.length * 34}
      note={bars.length > 0 ? text('bars.note') : text('deflection.unjudged')}
      chart={
        <IntervalBars
          title={text('deflection.patterns')}
          description={bars.map((bar) => bar.text).join('; ')}
          bars={bars}
          target={null}
        />
      }
      table={
        <DataTable
          caption={text('deflection.patterns')}
          mostHeight={420}
          columns={[
            { name: text('deflection.pattern') },
            { name: 'n', isNumber: true },
            { name: text('deflection.median'), isNumber: true },
            { name: text('deflection.lower'), isNumber: true },
            { name: text('deflection.article') },
          ]}
          rows={opportunities.map(
            ({ patternId, name, count, medianHours, lower, coveredBy, isUncaptured, afterPublishing, stops }) => ({
              key: patternId,
              cells: [
                name,
                formats.number(count),
                medianHours === null ? NOTHING : hours.value(medianHours),
                lower.share === null
                  ? NOTHING
                  : `${share.value(lower.share)} (${formats.number(lower.hits)}/${formats.number(lower.n)})`,
                <Stack key="article" $gap={2}>
                  {coveredBy && (
                    <TextLink href={coveredBy.url} target="_blank" rel="noopener">
                      {coveredBy.title}
                    </TextLink>
                  )}
                  {coveredBy?.publishedAt && <Quiet>{days.instant(coveredBy.publishedAt)}</Quiet>}
                  {isUncaptured && (
                    <span>
                      <Pill>{text('deflection.to-write')}</Pill>
                    </span>
                  )}
                  {afterPublishing && <Quiet>{text(`deflection.after.${afterPublishing.verdict}`)}</Quiet>}
                  {stops > 0 && <Quiet>{text('deflection.stopped', { count: stops })}</Quiet>}
                </Stack>,
              ],
            }),
          )}
        />
      }
    />
  )
}

function Assumptions({ all, excluded }: { all: readonly string[]; excluded: DeflectionResponse['excluded'] }) {
  const formats = useFormats()
  return (
    <Plain>
      {all.map((one) => (
        <li key={one}>{one}</li>
      ))}
      {excluded.map(({ why, count }) => (
        <li key={why}>
          {formats.number(count)}: {why}
        </li>
      ))}
    </Plain>
  )
}

const Plain = styled.ul`
  margin: 0;
  padding-inline-start: 16px;
`

const Large = styled.span`
  font-size: clamp(17px, 12.5cqi, 26px);
  line-height: 32px;
  font-weight: 600;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
`
