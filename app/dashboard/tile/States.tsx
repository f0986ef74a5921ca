import { Button } from '@zendeskgarden/react-buttons'
import { getColor } from '@zendeskgarden/react-theming'
import type { ReactNode } from 'react'
import { keyframes, styled } from 'styled-components'
import { HiddenText } from '../../ui/HiddenText.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import type { Reading } from '../api/use-answer.ts'
import { useDeskText } from '../use-desk-text.ts'

type ShownProps<T> = {
  reading: Reading<T>
  /** How much room what comes will take, in pixels. */
  height: number
  children(value: T): ReactNode
}

/** What is known, or that it is on its way, or why it is not there and what to do. */
export function Shown<T>({ reading, height, children }: ShownProps<T>) {
  const text = useDeskText()
  if (reading.state === 'loading') return <Skeleton height={height} />
  if (reading.state === 'failed') {
    const { failure, message, retry } = reading
    return (
      <Notice kind={failure === 'not-allowed' ? 'info' : 'error'} title={text(`failed.${failure}.title`)} isUrgent>
        <Stack $gap={8}>
          <span>{failure === 'refused' ? message : text(`failed.${failure}.text`)}</span>
          {(failure === 'away' || failure === 'bad-answer') && (
            <span>
              <Button size="small" onClick={retry}>
                {text('failed.retry')}
              </Button>
            </span>
          )}
        </Stack>
      </Notice>
    )
  }
  return (
    <>
      {reading.stale && (
        <Notice kind="warning" title={text('stale.title')}>
          <Stack $gap={8}>
            <span>{text(`failed.${reading.stale}.text`)}</span>
            <span>
              <Button size="small" onClick={reading.retry}>
                {text('failed.retry')}
              </Button>
            </span>
          </Stack>
        </Notice>
      )}
      {children(reading.value)}
    </>
  )
}

/** As tall as what comes, so that nothing jumps. */
export function Skeleton({ height }: { height: number }) {
  const text = useDeskText()
  return (
    <Bones style={{ minHeight: height }}>
      <HiddenText role="status">{text('loading')}</HiddenText>
      <span style={{ width: '45%', height: 26 }} />
      <span style={{ width: '80%' }} />
      {height > 120 && <span style={{ flex: 1 }} />}
    </Bones>
  )
}

/** Nothing to show, and what would change that. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Nothing>
      <strong>{title}</strong>
      {children}
    </Nothing>
  )
}

const breathe = keyframes`
  50% {
    opacity: 0.5;
  }
`

const Bones = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;

  > span:not([role]) {
    display: block;
    min-height: 14px;
    border-radius: ${({ theme }) => theme.borderRadii.sm};
    background: ${({ theme }) => getColor({ theme, hue: 'neutralHue', light: { shade: 200 }, dark: { shade: 900 } })};
  }

  @media (prefers-reduced-motion: no-preference) {
    animation: ${breathe} 1.6s ease-in-out infinite;
  }
`

const Nothing = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding: 20px 12px;
  text-align: center;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};

  strong {
    font-weight: 600;
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
  }
`
