import { AGES, Backlog } from '../../../core/contract/report.ts'
import { useFormats } from '../../i18n/text.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { StackedBars } from '../charts/lazy.ts'
import { ChartAndTable } from '../tile/ChartAndTable.tsx'
import { DataTable } from '../tile/DataTable.tsx'
import { Empty, Shown } from '../tile/States.tsx'
import { Tile } from '../tile/Tile.tsx'
import { useDeskText } from '../use-desk-text.ts'

const HEIGHT = 200

/** What is open at this moment, by age and severity. */
export function BacklogTile() {
  const text = useDeskText()
  const reading = useAnswer('/desk/backlog', Backlog)
  return (
    <Tile title={text('backlog.title')} isWide isBusy={reading.state === 'loading'} about={text('backlog.about')}>
      <Shown reading={reading} height={HEIGHT}>
        {(backlog) =>
          backlog.open === 0 ? (
            <Empty title={text('now.none-open')}>{text('now.none-open.text')}</Empty>
          ) : (
            <Ages backlog={backlog} />
          )
        }
      </Shown>
    </Tile>
  )
}

function Ages({ backlog: { parts } }: { backlog: Backlog }) {
  const text = useDeskText()
  const formats = useFormats()
  const severities = [...new Set(parts.map(({ severity }) => severity))].toSorted()
  const names = severities.map((severity) => severity ?? text('nothing.other'))
  const ages = AGES.map((days) => {
    const own = parts.filter(({ underDays }) => underDays === days)
    const count = (some: typeof parts) => some.reduce((sum, part) => sum + part.count, 0)
    const counts = severities.map((severity) => count(own.filter((part) => part.severity === severity)))
    const total = count(own)
    const name = days === null ? text('backlog.over', { days: AGES.at(-2)! }) : text('backlog.under', { days })
    const said = counts.flatMap((part, index) => (part > 0 ? `${names[index]} ${formats.number(part)}` : []))
    return {
      ...{ name, total, parts: counts, short: days === null ? `≥ ${AGES.at(-2)}` : `< ${days}` },
      returned: count(own.filter(({ standing }) => standing === 'returned')),
      text: `${name}: ${formats.number(total)}${said.length > 0 ? ` (${said.join(', ')})` : ''}`,
    }
  })
  const title = text('backlog.title')
  return (
    <ChartAndTable
      title={title}
      height={HEIGHT}
      chart={
        <StackedBars
          title={title}
          description={ages.map((age) => age.text).join('; ')}
          kinds={names}
          stacks={ages.map(({ short, parts, text: said }) => ({ name: short, parts, text: said }))}
          format={formats.number}
          height={HEIGHT}
        />
      }
      table={
        <DataTable
          caption={title}
          columns={[
            { name: text('backlog.age') },
            ...names.map((name) => ({ name, isNumber: true })),
            { name: text('total'), isNumber: true },
            { name: text('backlog.returned'), isNumber: true },
          ]}
          rows={ages.map(({ name, parts, total, returned }) => ({
            key: name,
            cells: [
              name,
              ...parts.map((part) => formats.number(part)),
              formats.number(total),
              formats.number(returned),
            ],
          }))}
        />
      }
    />
  )
}
