import { Router } from 'express'
import { allow } from '../http/allow.ts'
import { paginate } from '../http/paging.ts'
import { readId } from '../http/parameters.ts'
import { notFound } from '../http/refused.ts'
import { iso } from '../http/times.ts'
import { localeId } from '../people/present.ts'
import type { World } from '../world.ts'
import { presentBrand, presentCustomStatus } from './present.ts'

const LOCALES: [locale: string, name: string][] = [
  ['en-US', 'English'],
  ['de', 'Deutsch (German)'],
  ['es', 'Español (Spanish)'],
  ['fr', 'Français (French)'],
]

/** What the account is made of besides fields and forms: statuses, brands, locales, settings. */
export function accountRoutes(world: World): Router {
  const router = Router()
  const agents = (resource: string) => allow(world, resource)

  router.get('/api/v2/custom_statuses', agents('custom_statuses'), (req, res) => {
    const { active, status_categories } = req.query
    const rows = Object.values(world.state.custom_statuses)
      .filter((one) => active === undefined || String(one.active) === active)
      .filter((one) => !status_categories || String(status_categories).split(',').includes(one.status_category))
    res.json({ custom_statuses: rows.map((one) => presentCustomStatus(world, one)) })
  })

  router.get('/api/v2/custom_statuses/:id', agents('custom_statuses'), (req, res) => {
    const status = world.state.custom_statuses[readId(req, 'custom_statuses/show')]
    if (!status) throw notFound()
    res.json({ custom_status: presentCustomStatus(world, status) })
  })

  router.get('/api/v2/brands', agents('brands'), (req, res) => {
    const page = paginate(world, req, Object.values(world.state.brands))
    res.json({ brands: page.rows.map((brand) => presentBrand(world, brand)), ...page.envelope })
  })

  router.get('/api/v2/brands/:id', agents('brands'), (req, res) => {
    const brand = world.state.brands[readId(req, 'brands/show')]
    if (!brand) throw notFound()
    res.json({ brand: presentBrand(world, brand) })
  })

  router.get(['/api/v2/locales', '/api/v2/locales/public'], agents('locales'), (_req, res) => {
    const at = iso(world.state.brands[Number(Object.keys(world.state.brands)[0])]?.created_at ?? 0)
    const locales = LOCALES.map(([locale, name]) => {
      const id = localeId(locale)
      return { url: `${world.url}/api/v2/locales/${id}.json`, id, locale, name, created_at: at, updated_at: at }
    })
    res.json({ locales, count: locales.length, next_page: null, previous_page: null })
  })

  router.get('/api/v2/account/settings', agents('account'), (_req, res) => {
    res.json({
      settings: {
        active_features: { user_tagging: true, ticket_tagging: true, custom_statuses_enabled: true },
        api: { accepted_api_agreement: true, api_password_access: 'false', api_token_access: 'true' },
        branding: { header_color: '03363D', tab_background_color: '7FA239', text_color: 'FFFFFF' },
        localization: { locale_ids: LOCALES.map(([locale]) => localeId(locale)) },
        tickets: {
          tagging: true,
          private_attachments: false,
          comments_public_by_default: true,
          markdown_ticket_comments: false,
        },
      },
    })
  })

  return router
}
