import { escapeHtml as escaped } from './escape-html.ts'
import type { PacketBlock, PacketFact, PacketRemark } from './shape.ts'
import { isWebAddress, showInstant } from './words.ts'

/** A block of a section. Each text finds its own direction, and cannot turn that of its neighbours. */
export function blockHtml(block: PacketBlock): string {
  switch (block.kind) {
    case 'text':
      return heading(block.heading) + written(block.text)
    case 'code':
      return `${heading(block.heading)}<pre tabindex="0" dir="ltr">${lines(block.text)}</pre>`
    case 'list': {
      const tag = block.isNumbered ? 'ol' : 'ul'
      const items = block.items.map((item) => `<li class="written" dir="auto">${lines(item)}</li>`)
      return `${heading(block.heading)}<${tag}>${items.join('')}</${tag}>`
    }
    case 'facts':
      return heading(block.heading) + factsHtml(block.facts)
    case 'conversation':
      return block.remarks.map(remarkHtml).join('')
    case 'timeline':
      return `<ol class="timeline">${block.events
        .map(({ at, by, text }) => {
          const who = by === null ? '' : ` <bdi class="who">${escaped(by)}</bdi>`
          return `<li><p class="when">${timeHtml(at)}${who}</p>${written(text)}</li>`
        })
        .join('')}</ol>`
    case 'table':
      return tableHtml(block.columns, block.rows)
  }
}

export function factsHtml(facts: readonly PacketFact[]): string {
  const rows = facts.map(({ label, text, url, at }) => {
    const value = at === undefined ? valueHtml(text, url) : `${timeHtml(at)} ${lines(text)}`
    return `<div><dt dir="auto">${escaped(label)}</dt><dd class="written" dir="auto">${value}</dd></div>`
  })
  return `<dl>${rows.join('')}</dl>`
}

export function timeHtml(iso: string): string {
  return `<time datetime="${escaped(iso)}">${escaped(showInstant(iso))}</time>`
}

function valueHtml(text: string, url: string | undefined): string {
  if (url === undefined || !isWebAddress(url)) return lines(text)
  return `<a href="${escaped(url)}" rel="noopener noreferrer">${lines(text)}</a>`
}

function remarkHtml({ at, by, role, isPublic, text, attachments }: PacketRemark): string {
  const files = attachments.map((name) => `<li><bdi>${escaped(name)}</bdi></li>`).join('')
  const mark = isPublic ? '' : ' <span class="internal">internal</span>'
  return (
    `<article class="${role}"><h3><bdi>${escaped(by)}</bdi> <span class="role">${role}</span>${mark} ${timeHtml(at)}</h3>` +
    `${written(text)}${files === '' ? '' : `<ul class="files" aria-label="Files">${files}</ul>`}</article>`
  )
}

/** On a narrow screen a row of a wide table is a list of its cells, each named after its column. */
function tableHtml(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((name) => `<th scope="col" role="columnheader">${escaped(name)}</th>`).join('')
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((cell, index) => {
      return `<td role="cell" dir="auto" data-column="${escaped(columns[index + 1] ?? '')}">${lines(cell)}</td>`
    })
    return `<tr role="row"><th scope="row" role="rowheader" dir="auto">${escaped(first)}</th>${cells.join('')}</tr>`
  })
  // The roles are said once more: laid out as blocks, the elements lose theirs.
  return (
    `<table role="table"${columns.length > 2 ? ' class="wide"' : ''}><thead role="rowgroup"><tr role="row">${head}</tr></thead>` +
    `<tbody role="rowgroup">${body.join('')}</tbody></table>`
  )
}

function heading(text: string | null): string {
  return text === null ? '' : `<h3 dir="auto">${lines(text)}</h3>`
}

function written(text: string): string {
  return `<p class="written" dir="auto">${lines(text)}</p>`
}

/** A browser takes no other sign for the end of a line. Instants and spans stay on one. */
function lines(text: string): string {
  return escaped(text.replace(/\r\n?/g, '\n')).replace(UNPARTED, '<span class="whole">$&</span>')
}

const UNPARTED = /\b\d{4}-\d\d-\d\d \d\d:\d\d UTC\b|\b\d{1,6} (?:h|min)\b/g
