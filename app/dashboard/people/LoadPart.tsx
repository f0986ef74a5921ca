import { Load } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { IntervalBars } from '../charts/lazy.ts'
import { Part } from '../report/ReportPage.tsx'
import { ViewLink } from '../report/ViewLink.tsx'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { LEAST } from '../tile/Figure.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile, Tiles } from '../tile/Tile.tsx'
import { NOTHING } from '../tile/value-format.ts'
import { useDeskText } from '../use-desk-text.ts'
import { useInWindow } from './use-in-window.ts'

/** How much tiers and people had open at once. It is load: how long anybody worked, Zendesk does not tell. */
export function LoadPart() {
  const text = useDeskText()
  const reading = useInWindow('/desk/load', Load)
  return (
    <Part aria-labelledby="load-title">
      <h2 id="load-title">{text('load.title')}</h2>
      <Tiles $least={380}>
        <Tile title={text('load.tiers')} about={text('load.about')}>
          <Shown reading={reading} height={200}>
            {({ tiers }) =>
              tiers.length === 0 ? (
                <Empty title={text('empty.title')}>{text('empty.text')}</Empty>
              ) : (
                <Tiers tiers={tiers} />
              )
            }
          </Shown>
        </Tile>
        <Tile title={text('load.people')} about={text('load.people.about', { least: LEAST })}>
          <Shown reading={reading} height={200}>
            {({ people, gini }) => <People people={people} gini={gini} />}
          </Shown>
        </Tile>
      </Tiles>
    </Part>
  )
}

/** Loads are small: two decimals tell them apart. */
function useLoadFormat() {
  const { locale } = useFormats()
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  return { value: (load: number) => number.format(load) }
}

function Tiers({ tiers }: Pick<Load, 'tiers'>) {
  const text = useDeskText()
  const formats = useFormats()
  const format = useLoadFormat()
  const bars = tiers.map(({ tier, name, load }) => {
    const label = load === null ? NOTHING : format.value(load)
    const named = `${text('tier.name', { tier: String(tier) })} · ${name}`
    return { name: named, value: load, interval: null, label, text: `${named}: ${label}` }
  })
  return (
    <ChartAndTable
      title={text('load.tiers')}
      height={bars.length * 34}
      chart={
        <IntervalBars
          title={text('load.tiers')}
          description={bars.map((bar) => bar.text).join('; ')}
          bars={bars}
          target={null}
        />
      }
      table={
        <DataTable
          caption={text('load.tiers')}
          columns={[
            { name: text('column.tier') },
            { name: text('load.column'), isNumber: true },
            { name: text('load.open-hours'), isNumber: true },
            { name: text('load.scheduled-hours'), isNumber: true },
          ]}
          rows={tiers.map(({ tier, name, load, openHours, scheduledHours }) => ({
            key: String(tier),
            cells: [
              name,
              load === null ? NOTHING : format.value(load),
              formats.number(Math.round(openHours)),
              formats.number(Math.round(scheduledHours)),
            ],
          }))}
        />
      }
    />
  )
}

function People({ people, gini }: Pick<Load, 'people' | 'gini'>) {
  const text = useDeskText()
  const formats = useFormats()
  const format = useLoadFormat()
  const shown = people.filter(({ escalations }) => escalations >= LEAST)
  const few = people.length - shown.length
  if (shown.length === 0) return <Empty title={text('load.few')}>{text('load.few.text', { least: LEAST })}</Empty>
  return (
    <>
      <span>
        {gini !== null &&
          text('load.gini', {
            value: new Intl.NumberFormat(formats.locale, { maximumFractionDigits: 2 }).format(gini),
          })}{' '}
        {few > 0 && text('load.hidden', { count: few, least: LEAST })}
      </span>
      <DataTable
        caption={text('load.people')}
        mostHeight={320}
        columns={[
          { name: text('column.agent') },
          { name: text('load.column'), isNumber: true },
          { name: text('load.escalations'), isNumber: true },
        ]}
        rows={shown.map(({ agent, name, load, escalations }) => ({
          key: String(agent),
          cells: [
            <ViewLink key="name" to={{ listed: { measure: 'mttr', at: { agent: [String(agent)] }, only: null } }}>
              {name}
            </ViewLink>,
            format.value(load),
            formats.number(escalations),
          ],
        }))}
      />
    </>
  )
}
