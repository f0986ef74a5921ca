/** The parts that the health page is written in. Texts are escaped here; `content`, `body` and `markup` are HTML already. */

/** A heading and its value. */
export type Row = [string, string | number]

export function section(title: string, content: string): string {
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-')
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`
}

export function table(heads: string[], body: string[]): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

export function rows(all: Row[]): string {
  return `<table><tbody>${all.map((one) => row(one)).join('')}</tbody></table>`
}

/** @param markup of a last cell, written as it is */
export function row([name, ...values]: readonly (string | number)[], markup?: string): string {
  const cells = [...values.map((value) => escaped(String(value))), ...(markup === undefined ? [] : [markup])]
  return `<tr><th scope="row">${escaped(String(name))}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

export function time(at: string): string {
  return `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')}</time>`
}

export function ago(seconds: number | null): string {
  return seconds === null ? 'never' : `${span(seconds)} ago`
}

export function span(seconds: number | null): string {
  if (seconds === null) return 'unknown'
  if (seconds < 120) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
