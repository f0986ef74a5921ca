/** Something wrong with a policy file, said to the person who edits it. Lines and columns count from 1. */
export type PolicyProblem = {
  line: number
  column: number
  /** Where in the document: `escalation.tiers[1].name`; empty for the document itself. */
  path: string
  message: string
  /** The key or value that was probably meant, when something near it exists. */
  meant: string | null
}

export type Path = readonly (string | number)[]

export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/** Reads what `formatPath` writes; dots inside a key (as in note weights) are not told apart from steps. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) => (index ? Number(index) : key!))
}

/** `policy.yaml:12:5 escalation.tiers[1].nmae Unknown key "nmae"; did you mean "name"?` */
export function formatProblem(file: string, { line, column, path, message, meant }: PolicyProblem): string {
  const hint = meant === null ? '' : `; did you mean "${meant}"?`
  return `${file}:${line}:${column} ${path === '' ? '' : `${path} `}${message}${hint}`
}
