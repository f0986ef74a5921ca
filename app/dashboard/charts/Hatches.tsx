import { usePalette } from './palette.ts'

/** Fills that differ in form as well as in colour, so that nobody has to tell colours apart. */
export function Hatches({ id, count }: { id: string; count: number }) {
  const palette = usePalette()
  return (
    <defs>
      {Array.from({ length: count }, (_, index) => index).map((index) => (
        <pattern
          key={index}
          id={`${id}-${index}`}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform={TURNS[index % TURNS.length]}
        >
          <rect width={6} height={6} fill={palette.series(index)} />
          {index % TURNS.length > 0 && <rect width={1.5} height={6} fill={palette.ground} />}
        </pattern>
      ))}
    </defs>
  )
}

const TURNS = ['', 'rotate(45)', 'rotate(90)', 'rotate(-45)']
