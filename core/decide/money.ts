const SCALES: Record<string, number> = { k: 1e3, m: 1e6, b: 1e9 }

/**
 * The amount in a text such as `$120,000`, `120k`, `€1.2M` or `1.200.000 EUR`; null when there is none.
 *
 * With both a dot and a comma, the later one is the decimal sign; one that stands alone before three digits, or comes
 * more than once, groups thousands, except a single dot (`1.250` is one and a quarter).
 */
export function parseMoney(given: unknown): number | null {
  if (typeof given === 'number') return Number.isFinite(given) ? given : null
  if (typeof given !== 'string' || given.length > 40) return null
  const found = /^[^\d-]{0,6}(-?\d[\d.,' \u00a0\u202f]*)\s*([kmb])?\s*[^\d]{0,12}$/iu.exec(given.trim())
  if (!found) return null
  const amount = Number(plainDigits(found[1]!.replace(/[' \u00a0\u202f]/g, '')))
  return Number.isFinite(amount) ? amount * (SCALES[(found[2] ?? '').toLowerCase()] ?? 1) : null
}

function plainDigits(digits: string): string {
  const dots = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (dots > 0 && commas > 0) {
    return digits.lastIndexOf('.') > digits.lastIndexOf(',')
      ? digits.replaceAll(',', '')
      : digits.replaceAll('.', '').replace(',', '.')
  }
  if (dots > 1) return digits.replaceAll('.', '')
  if (commas === 1 && !/,\d{3}$/.test(digits)) return digits.replace(',', '.')
  return digits.replaceAll(',', '')
}
