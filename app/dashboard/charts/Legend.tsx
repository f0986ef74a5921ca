import { styled } from 'styled-components'
import { Hatches } from './Hatches.tsx'

/** What each fill stands for. */
export function Legend({ id, names }: { id: string; names: readonly string[] }) {
  return (
    <Names>
      {names.map((name, index) => (
        <li key={name}>
          <svg width={14} height={14} aria-hidden="true">
            <Hatches id={`${id}-${index}`} count={index + 1} />
            <rect width={14} height={14} rx={3} fill={`url(#${id}-${index}-${index})`} />
          </svg>
          {name}
        </li>
      ))}
    </Names>
  )
}

const Names = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 4px 14px;
  margin: 6px 0 0;
  padding: 0;
  list-style: none;
  font-size: 12px;

  li {
    display: flex;
    align-items: center;
    gap: 6px;
  }
`
