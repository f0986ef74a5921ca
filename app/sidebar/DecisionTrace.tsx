import { getColor } from '@zendeskgarden/react-theming'
import { styled } from 'styled-components'
import type { ConditionTrace, Observed, RuleTrace } from '../../core/decide/decision.ts'
import { useText } from '../i18n/text.tsx'
import { Heading, PlainList, Quiet, Stack } from '../ui/layout.tsx'

/** Every rule that was tried, those that did not match too, with what each condition saw. */
export function DecisionTrace({ trace, policyVersion }: { trace: RuleTrace[]; policyVersion: string }) {
  const text = useText()
  if (trace.length === 0) return null
  return (
    <Stack $gap={8}>
      <Heading>{text('trace.title')}</Heading>
      {trace.map((rule) => (
        <div key={rule.rule}>
          <div>
            <Mark $held={rule.matched} aria-hidden="true">
              {rule.matched ? '✓' : '–'}
            </Mark>{' '}
            {rule.title} <Quiet>({outcomeOf(rule)})</Quiet>
          </div>
          {rule.skipped && <Quiet>{rule.skipped}</Quiet>}
          {rule.matched && Object.keys(rule.set).length > 0 && (
            <Quiet as="div">
              {Object.entries(rule.set)
                .map(([name, value]) => `${name} → ${value}`)
                .join(', ')}
            </Quiet>
          )}
          <Conditions kind="all" conditions={rule.all} />
          <Conditions kind="any" conditions={rule.any} />
        </div>
      ))}
      <Quiet>{text('trace.policy', { version: policyVersion })}</Quiet>
    </Stack>
  )

  function outcomeOf(rule: RuleTrace): string {
    if (rule.skipped) return text('trace.skipped')
    return text(rule.matched ? 'trace.matched' : 'trace.notMatched')
  }
}

function Conditions({ kind, conditions }: { kind: 'all' | 'any'; conditions: ConditionTrace[] }) {
  const text = useText()
  if (conditions.length === 0) return null
  return (
    <div>
      {(kind === 'any' || conditions.length > 1) && <Quiet>{text(`trace.${kind}`)}</Quiet>}
      <PlainList>
        {conditions.map((condition) => (
          <li key={`${condition.field} ${condition.operator} ${JSON.stringify(condition.value)}`}>
            {text('trace.condition', {
              field: condition.field,
              operator: condition.operator.replaceAll('_', ' '),
              value: shown(condition.value),
            })}
            <Quiet>
              {': '}
              {text('trace.observed', { value: shown(condition.observed) })},{' '}
              {text(condition.held ? 'trace.held' : 'trace.notHeld')}
            </Quiet>
          </li>
        ))}
      </PlainList>
    </div>
  )

  function shown(value: Observed): string {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return text('trace.nothing')
    return Array.isArray(value) ? value.join(', ') : String(value)
  }
}

const Mark = styled.span<{ $held: boolean }>`
  font-weight: 600;
  color: ${({ theme, $held }) => getColor({ theme, variable: $held ? 'foreground.success' : 'foreground.subtle' })};
`
