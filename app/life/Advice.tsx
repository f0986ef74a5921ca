import { styled } from 'styled-components'
import type { LifeView } from '../../core/contract/life.ts'
import { Quiet, Stack } from '../ui/layout.tsx'
import { useLifeText } from './use-life-text.ts'

/** What the policy asks for before it goes back: what is there, and what is missing. */
export function Advice({ advice }: { advice: NonNullable<LifeView['advice']> }) {
  const text = useLifeText()
  const { action, present, missing } = advice
  return (
    <Panel $gap={6}>
      <strong>{text(`advice.${action}`)}</strong>
      {missing.length > 0 && listOf('missing', missing)}
      {present.length > 0 && listOf('present', present)}
      {missing.length > 0 && <Quiet>{text('advice.decide')}</Quiet>}
    </Panel>
  )

  function listOf(kind: 'present' | 'missing', criteria: typeof present) {
    return (
      <div>
        <Quiet as="h3">{text(`advice.${kind}`)}</Quiet>
        <List>
          {criteria.map(({ criterion, detail }) => (
            <li key={criterion} data-kind={kind}>
              {text(`criterion.${criterion}`)} <Quiet as="span">{detail}</Quiet>
            </li>
          ))}
        </List>
      </div>
    )
  }
}

const Panel = styled(Stack)`
  h3 {
    margin: 0;
    font-weight: 400;
  }
`

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 4px;
  margin: 0;
  padding: 0;
  list-style: none;

  li {
    padding-inline-start: 20px;
    text-indent: -20px;
  }

  li::before {
    display: inline-block;
    width: 20px;
    text-indent: 0;
    content: '✓';
  }

  li[data-kind='missing']::before {
    content: '○';
  }
`
