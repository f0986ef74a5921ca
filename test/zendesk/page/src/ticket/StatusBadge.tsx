const NAMES: Record<string, string> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  hold: 'On-hold',
  solved: 'Solved',
  closed: 'Closed',
}

export function statusName(status: string): string {
  return NAMES[status] ?? status
}

/** The status as a word on its colour. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <span className="status-badge" data-status={status}>
      {statusName(status)}
    </span>
  )
}

/** The status as a letter, where there is no room for the word. */
export function StatusSquare({ status }: { status: string }) {
  const name = statusName(status)
  return (
    <span className="status-square" data-status={status} role="img" aria-label={name} title={name}>
      {name[0]}
    </span>
  )
}
