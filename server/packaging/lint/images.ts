import type { AppFiles } from '../app-files.ts'
import { error, type LintFinding, warning } from './finding.ts'

const LOGOS = { 'assets/logo.png': 320, 'assets/logo-small.png': 128 } as const
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Logos by the sizes of Zendesk's scaffolds: logo.png 320 × 320, logo-small.png 128 × 128. */
export function lintImages(files: AppFiles): LintFinding[] {
  const findings: LintFinding[] = []
  for (const [file, side] of Object.entries(LOGOS)) {
    const content = files.get(file)
    if (!content) {
      findings.push(error('logo-missing', file, `Add a PNG of ${side} × ${side} pixels; Zendesk shows it for the app.`))
      continue
    }
    const size = pngSize(content)
    if (!size) findings.push(error('logo-format', file, 'This is not a PNG; save it as one.'))
    else if (size.width !== side || size.height !== side) {
      findings.push(error('logo-size', file, `Must be ${side} × ${side} pixels, not ${size.width} × ${size.height}.`))
    }
  }
  for (const [file, content] of files) {
    if (/^assets\/.*\.svg$/s.test(file) && /<script|\son\w+\s*=|<image\b/i.test(new TextDecoder().decode(content))) {
      findings.push(
        warning('svg', file, 'Zendesk removes scripts, event handlers and embedded bitmaps from SVGs; take them out.'),
      )
    }
  }
  return findings
}

/** Width and height as a PNG's header tells them; `null` when it is no PNG. */
export function pngSize(content: Uint8Array): { width: number; height: number } | null {
  if (content.length < 24 || PNG_SIGNATURE.some((byte, index) => content[index] !== byte)) return null
  const header = new DataView(content.buffer, content.byteOffset, content.byteLength)
  if (header.getUint32(12) !== 0x49484452) return null
  return { width: header.getUint32(16), height: header.getUint32(20) }
}
