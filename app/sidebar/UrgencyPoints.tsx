import { styled } from 'styled-components'
import type { Urgency } from '../../core/decide/decision.ts'
import { useFormats, useText } from '../i18n/text.tsx'
import { Quiet, Stack } from '../ui/layout.tsx'

/** The urgency as a sum anyone can add up, and what it would be without each part. */
export function UrgencyPoints({ urgency, showsLower = false }: { urgency: Urgency; showsLower?: boolean }) {
  const text = useText()
  const formats = useFormats()
  const { points, score } = urgency
  const sum = points.reduce((total, point) => total + point.points, 0)
  if (points.length === 0) return <Quiet>{text('preview.noPoints')}</Quiet>

  return (
    <Stack $gap={6}>
      <Sum>
        <tbody>
          {points.map((point) => (
            <tr key={point.id}>
              <th scope="row">{point.title}</th>
              <td>{signed(point.points)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <strong>{text('preview.total')}</strong>
            </th>
            <td>
              <strong>{formats.number(score)}</strong>
            </td>
          </tr>
        </tbody>
      </Sum>
      {showsLower && (
        <div>
          <Quiet as="div">{text('preview.lowers')}</Quiet>
          {points
            .filter((point) => point.points > 0)
            .map((point) => (
              <Quiet as="div" key={point.id}>
                {text('preview.lowersText', { title: point.title, score: clamp(sum - point.points) })}
              </Quiet>
            ))}
        </div>
      )}
    </Stack>
  )

  function signed(value: number): string {
    return value < 0 ? `−${formats.number(-value)}` : `+${formats.number(value)}`
  }
}

function clamp(score: number): number {
  return Math.max(0, Math.min(100, score))
}

const Sum = styled.table`
  width: 100%;
  border-collapse: collapse;

  th {
    padding: 1px 8px 1px 0;
    font-weight: 400;
    text-align: start;
  }

  td {
    padding: 1px 0;
    text-align: end;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  tr:last-child > * {
    border-top: 1px solid currentColor;
  }
`
