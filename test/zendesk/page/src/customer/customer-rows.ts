import type { ApiField, ApiOrganization, ApiUser } from '../api/shapes.ts'

type Row = { label: string; value: string }

export function userRows(user: ApiUser): Row[] {
  return filled([
    { label: 'Email', value: user.email },
    { label: 'Phone', value: user.phone ?? '' },
    { label: 'Time zone', value: user.time_zone ?? '' },
    { label: 'Language', value: user.locale ?? '' },
  ])
}

/** The organisation's own fields under their titles, such as tier, ARR and health, then its domains. */
export function organizationRows(organization: ApiOrganization, fields: ApiField[]): Row[] {
  const custom = Object.entries(organization.organization_fields ?? {}).map(([key, value]) => {
    const field = fields.find((one) => one.key === key)
    return { label: field?.title ?? key, value: fieldText(value, field) }
  })
  return filled([...custom, { label: 'Domains', value: (organization.domain_names ?? []).join(', ') }])
}

function fieldText(value: unknown, field: ApiField | undefined): string {
  if (value === null || value === undefined) return ''
  const option = field?.custom_field_options?.find((one) => one.value === value)
  if (option) return option.name
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'number' ? value.toLocaleString('en-US') : String(value)
}

function filled(rows: Row[]): Row[] {
  return rows.filter((row) => row.value !== '')
}
