import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintApp } from '../../../server/packaging/lint/lint-app.ts'
import { aPackage, aPng, bytes, type Package, withManifest, withParameter, withTranslation } from './fixtures.ts'

/** The findings as `level rule file: message`, the short way to say what is expected. */
function findingsOf(files: Package): string[] {
  return lintApp(files).map(({ level, rule, file, message }) => `${level} ${rule} ${file}: ${message}`)
}

type Row = [string, Package, string]

function itFinds(rows: Row[]): void {
  it.each(rows)('finds %s', (_, files, expected) => {
    expect(findingsOf(files)).toEqual([expect.stringContaining(expected)])
  })
}

const requirements = (value: unknown) => aPackage({ 'requirements.json': JSON.stringify(value) })
const field = { title: 'Tier', type: 'tagger' }

describe('lintApp', () => {
  it('has nothing to say about our own package', () => {
    expect(findingsOf(aPackage())).toEqual([])
  })

  it('puts errors before warnings', () => {
    const files = aPackage({ 'assets/index.js': 'fetch("http://api.example.com/x")', 'assets/a.map': '{}' })
    expect(lintApp(files).map(({ level }) => level)).toEqual(['error', 'warning'])
  })

  it('never crashes, whatever the files hold', () => {
    const anyJson = fc.json()
    fc.assert(
      fc.property(anyJson, anyJson, anyJson, fc.uint8Array(), (manifest, en, required, logo) => {
        const files = aPackage({
          'manifest.json': manifest,
          'translations/en.json': en,
          'requirements.json': required,
          'assets/logo.png': logo,
        })
        expect(Array.isArray(lintApp(files))).toBe(true)
      }),
    )
    const anyValue = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(
        fc.record({
          author: anyValue,
          location: anyValue,
          parameters: anyValue,
          domainWhitelist: anyValue,
          oauth: anyValue,
          version: anyValue,
        }),
        fc.dictionary(fc.constantFrom('webhooks', 'custom_objects_v2', 'targets', 'x'), anyValue),
        (manifest, required) => {
          const files = withManifest(manifest)
          files.set('requirements.json', bytes(JSON.stringify(required)))
          expect(Array.isArray(lintApp(files))).toBe(true)
        },
      ),
    )
  })
})

describe('the manifest', () => {
  itFinds([
    [
      'one that is missing',
      aPackage({ 'manifest.json': null }),
      'error manifest-missing manifest.json: There is no manifest.json at the top',
    ],
    [
      'one that is one folder down',
      aPackage({ 'manifest.json': null, 'app/manifest.json': '{}' }),
      'error manifest-nested app/manifest.json: The manifest is one folder down; package the content of app/',
    ],
    ['one that is a list', aPackage({ 'manifest.json': '[]' }), 'error not-an-object manifest.json'],
    [
      'a missing author',
      withManifest({ author: undefined }),
      'error manifest-key-missing manifest.json: The key "author" is missing',
    ],
    [
      'a missing framework version',
      withManifest({ frameworkVersion: undefined }),
      'The key "frameworkVersion" is missing',
    ],
    ['a missing default locale', withManifest({ defaultLocale: undefined }), 'The key "defaultLocale" is missing'],
    ['a missing location', withManifest({ location: undefined }), 'The key "location" is missing'],
    [
      'an old framework version',
      withManifest({ frameworkVersion: '1.0' }),
      'error framework-version manifest.json: "frameworkVersion" must be "2.0", not "1.0".',
    ],
    [
      'a number for a version',
      withManifest({ version: 1 }),
      'error manifest-type manifest.json: "version" must be text',
    ],
    [
      'half a version',
      withManifest({ version: '1.0' }),
      'warning version manifest.json: "version" should have three numbers',
    ],
    ['a quoted flag', withManifest({ singleInstall: 'true' }), '"singleInstall" must be true or false'],
    ['an author in one text', withManifest({ author: 'Jane' }), '"author" must be an object'],
    ['an author with a number for a name', withManifest({ author: { name: 5 } }), '"author.name" must be text'],
    [
      'an author with a strange address',
      withManifest({ author: { url: 'ftp://x' } }),
      'error manifest-url manifest.json: "author.url"',
    ],
    [
      'strange terms',
      withManifest({ termsConditionsURL: 'terms.html' }),
      'error manifest-url manifest.json: "termsConditionsURL"',
    ],
    [
      'a strange locale',
      withManifest({ defaultLocale: 'english' }),
      'error default-locale manifest.json: "defaultLocale" must look like',
    ],
    ['a locale without its file', withManifest({ defaultLocale: 'fr' }), 'there is no translations/fr.json; add it.'],
    [
      'an unknown key',
      withManifest({ domainWhiteList: [] }),
      'warning manifest-key-unknown manifest.json: Zendesk ignores the key "domainWhiteList"',
    ],
    ['noTemplate', withManifest({ noTemplate: true }), 'error no-template manifest.json: Remove "noTemplate"'],
    ['experiments that are no object', withManifest({ experiments: 1 }), '"experiments" must be an object'],
    [
      'no whitelist for a secret',
      withManifest({ domainWhitelist: undefined }),
      'error domain-whitelist manifest.json: A secure setting needs',
    ],
    ['an empty whitelist for a secret', withManifest({ domainWhitelist: [] }), '"domainWhitelist" is empty'],
    ['a whitelist that is no list', withManifest({ domainWhitelist: 'example.com' }), 'must be a list of host names'],
    [
      'an address in the whitelist',
      withManifest({ domainWhitelist: ['https://example.com/'] }),
      'warning domain-whitelist manifest.json: "https://example.com/"',
    ],
    [
      'half an oauth',
      withManifest({ oauth: { client_id: 'x', client_secret: 'x', authorize_uri: 'x', access_token_uri: 'x' } }),
      'error oauth manifest.json: "oauth" needs one parameter',
    ],
  ])

  it('says where JSON is broken', () => {
    const [first] = findingsOf(aPackage({ 'manifest.json': '{ "name": "x", }' }))
    expect(first).toContain('error not-json manifest.json: This is not JSON:')
  })

  it('finds a key that stands twice, at any depth', () => {
    const manifest =
      '{"author":{"name":"a","email":"b","name":"c"},"defaultLocale":"en","frameworkVersion":"2.0","location":{"support":{"ticket_sidebar":"assets/index.html"}},"x":[{"\\u0061":1,"a":2}]}'
    expect(
      findingsOf(aPackage({ 'manifest.json': manifest })).filter((finding) => finding.includes('duplicate-key')),
    ).toEqual([
      'error duplicate-key manifest.json: The key "name" stands twice in the same object; keep one.',
      'error duplicate-key manifest.json: The key "a" stands twice in the same object; keep one.',
    ])
  })
})

describe('locations', () => {
  const sidebar = (options: unknown) => withManifest({ location: { support: { ticket_sidebar: options } } })

  itFinds([
    ['none at all', withManifest({ location: {} }), 'error location manifest.json: "location" is empty'],
    ['a text for all', withManifest({ location: 'ticket_sidebar' }), 'must be an object by product'],
    [
      'an unknown product',
      withManifest({ location: { guide: { sidebar: 'assets/index.html' } } }),
      'error location-product manifest.json: "guide" is no product',
    ],
    [
      'an unknown place',
      withManifest({ location: { support: { sidebar: 'assets/index.html' } } }),
      'error location-unknown manifest.json: "sidebar" is no place in Support',
    ],
    [
      'a place without address',
      sidebar({ flexible: true }),
      'error location-url manifest.json: "location.support.ticket_sidebar" needs a "url"',
    ],
    ['an address outside of assets', sidebar('index.html'), 'must begin with "assets/"'],
    [
      'a file that is not there',
      sidebar({ url: 'assets/app.html?x#y' }),
      'names assets/app.html, which is not in the package',
    ],
    ['an unsafe address', sidebar('http://example.com/'), 'must begin with https://'],
    ['a script for an address', sidebar('javascript:alert(1)'), 'must begin with https://'],
    [
      'a quoted option',
      sidebar({ url: 'assets/index.html', flexible: 'true' }),
      'error location-option manifest.json: "location.support.ticket_sidebar.flexible" must be true or false',
    ],
    ['an unknown option', sidebar({ url: 'assets/index.html', flexibel: true }), 'warning location-option'],
    [
      'a nav bar without its icon',
      aPackage({ 'assets/icon_nav_bar.svg': null }),
      'warning icon-missing assets/icon_nav_bar.svg',
    ],
  ])

  it.each([
    'https://example.com/app',
    'http://localhost:3000/',
    '{{setting.server_url}}/app',
    'assets/index.html#note',
  ])('accept %s', (url) => {
    expect(findingsOf(sidebar(url))).toEqual([])
  })
})

describe('parameters', () => {
  itFinds([
    [
      'a text for the list',
      aPackage({
        'manifest.json': JSON.stringify({
          author: {},
          defaultLocale: 'en',
          frameworkVersion: '2.0',
          location: { support: { ticket_sidebar: 'assets/index.html' } },
          parameters: 'x',
        }),
        'translations/en.json': '{"app":{"name":"x"}}',
        'translations/de.json': '{"app":{"name":"x"}}',
      }),
      'error parameters manifest.json',
    ],
    [
      'two of one name',
      withParameter({ name: 'server_url' }),
      'error parameter-duplicate manifest.json: There are two parameters called "server_url"',
    ],
    ['one called name', withParameter({ name: 'name' }), 'Zendesk keeps "name" for itself'],
    [
      'a password type',
      withParameter({ name: 'code', type: 'password' }),
      'error parameter-type manifest.json: Parameter "code": "password" is no type',
    ],
    ['a dropdown type', withParameter({ name: 'code', type: 'dropdown' }), '"dropdown" is no type'],
    ['a quoted flag', withParameter({ name: 'code', required: 'yes' }), 'error parameter-flag'],
    [
      'a hidden one that is required',
      withParameter({ name: 'code', type: 'hidden', required: true }),
      'error parameter-hidden',
    ],
    ['scopes without secure', withParameter({ name: 'code', scopes: ['header'] }), '"scopes" needs "secure": true'],
    ['empty scopes', withParameter({ name: 'code', secure: true, scopes: [] }), 'at least one entry'],
    ['an unknown scope', withParameter({ name: 'code', secure: true, scopes: ['cookie'] }), '"cookie" is no scope'],
    ['a secret without scopes', withParameter({ name: 'code', secure: true }), 'warning parameter-scopes'],
    ['a secret everyone can read', withParameter({ name: 'api_token' }), 'warning parameter-not-secure'],
    [
      'a secret with a default',
      withParameter({ name: 'code', secure: true, scopes: ['header'], default: 'x' }),
      'warning parameter-default',
    ],
  ])

  it('may hold one oauth setting, not kept as secure', () => {
    const oauth = { client_id: 'a', client_secret: 'b', authorize_uri: 'c', access_token_uri: 'd' }
    const rules = lintApp(
      withManifest({
        oauth,
        parameters: [
          { name: 'a', type: 'oauth', secure: true, scopes: ['header'] },
          { name: 'b', type: 'oauth' },
        ],
      }),
    ).map(({ rule }) => rule)
    expect(rules.filter((rule) => rule === 'parameter-oauth')).toHaveLength(2)
  })
})

describe('translations', () => {
  itFinds([
    [
      'a strange file name',
      aPackage({
        'translations/english.json':
          '{"app":{"name":"x","parameters":{"server_url":{"label":"x"},"shared_secret":{"label":"x"}}}}',
      }),
      'error translation-locale translations/english.json',
    ],
    ['broken JSON', aPackage({ 'translations/de.json': '{' }), 'error not-json translations/de.json'],
    [
      'no app key',
      aPackage({ 'translations/de.json': '{"name":"x"}' }),
      'error translation-key translations/de.json: The key "app" is missing',
    ],
    ['no name', withTranslation((app) => delete app.name), 'The key "app.name" is missing'],
    [
      'a long description for a public app',
      withTranslation((app) => delete app.long_description, { private: false }),
      'The key "app.long_description" is missing',
    ],
    [
      'too long a short description',
      withTranslation((app) => (app.short_description = 'x'.repeat(81))),
      'error short-description translations/en.json: "app.short_description" has 81 characters',
    ],
    [
      'a setting without text',
      withTranslation((app) => delete (app.parameters as Record<string, unknown>).server_url),
      'The setting "server_url" has no text',
    ],
    [
      'a setting with text alone',
      withTranslation((app) => ((app.parameters as Record<string, unknown>).server_url = 'Address')),
      '"app.parameters.server_url" must be an object with a "label"',
    ],
    [
      'a text without setting',
      withTranslation((app) => ((app.parameters as Record<string, unknown>).old = { label: 'Old' })),
      'warning translation-parameter',
    ],
  ])

  it('need title and value everywhere once there is a package key', () => {
    const files = withTranslation((app) => (app.package = 'baton'))
    expect(findingsOf(files)).toContainEqual(
      expect.stringContaining(
        'error translation-format translations/en.json: "app.name" must be { "title": …, "value": … }',
      ),
    )
  })
})

describe('requirements', () => {
  it('accept fields, views and webhooks with what they need', () => {
    const webhook = {
      name: 'x',
      status: 'active',
      endpoint: 'https://x.test',
      http_method: 'POST',
      request_format: 'json',
    }
    expect(findingsOf(requirements({}))).toEqual([])
    expect(findingsOf(requirements({ ticket_fields: { tier: field }, webhooks: { hook: webhook } }))).toEqual([])
  })

  itFinds([
    [
      'groups, which apps can not create',
      requirements({ groups: { l2: { title: 'x' } } }),
      'error requirement-type requirements.json: "groups" can\'t be created by an app',
    ],
    ['a list of fields', requirements({ ticket_fields: [field] }), '"ticket_fields" must be an object by identifier'],
    [
      'a field without title',
      requirements({ ticket_fields: { tier: { type: 'text' } } }),
      '"ticket_fields.tier" lacks "title"',
    ],
    ['a user field without key', requirements({ user_fields: { tier: field } }), '"user_fields.tier" lacks "key"'],
    [
      'half a webhook',
      requirements({ webhooks: { a: { name: 'x', status: 'active', endpoint: 'x', http_method: 'POST' } } }),
      'lacks "request_format"',
    ],
    [
      'an old target',
      requirements({ targets: { a: { title: 'x', type: 'http_target' } } }),
      'error requirement-target',
    ],
    [
      'two channels',
      requirements({ channel_integrations: { a: { manifest_url: 'x' }, b: { manifest_url: 'x' } } }),
      'Only one channel integration',
    ],
    [
      'too many',
      requirements({
        ticket_fields: Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`f${index}`, field])),
      }),
      'There are 5001 requirements; at most 5000',
    ],
    [
      'a custom object field without its object',
      requirements({
        custom_objects_v2: { object_fields: [{ key: 'a', title: 'A', type: 'text', object_key: 'car' }] },
      }),
      'belongs to "car", which is not among the objects',
    ],
    ['an unknown part of custom objects', requirements({ custom_objects_v2: { things: [] } }), '"things" is none'],
    [
      'a setting in custom objects',
      requirements({
        custom_objects_v2: {
          objects: [{ key: '{{setting.x}}', title: 'a', title_pluralized: 'b', include_in_list_view: true }],
        },
      }),
      'may not use {{setting.…}}',
    ],
    ['broken JSON', aPackage({ 'requirements.json': '{' }), 'error not-json requirements.json'],
    [
      'keys that stand twice',
      aPackage({ 'requirements.json': '{"ticket_fields":{"a":{"title":"x"},"a":{"title":"y"}}}' }),
      'error duplicate-key requirements.json',
    ],
  ])
})

describe('logos and other files', () => {
  itFinds([
    [
      'a missing logo',
      aPackage({ 'assets/logo-small.png': null }),
      'error logo-missing assets/logo-small.png: Add a PNG of 128 × 128 pixels',
    ],
    [
      'a logo of another size',
      aPackage({ 'assets/logo.png': aPng(300, 320) }),
      'error logo-size assets/logo.png: Must be 320 × 320 pixels, not 300 × 320.',
    ],
    ['a logo that is no PNG', aPackage({ 'assets/logo.png': 'GIF89a' }), 'error logo-format assets/logo.png'],
    ['a script in a picture', aPackage({ 'assets/icon.svg': '<svg><script/></svg>' }), 'warning svg assets/icon.svg'],
    [
      'a forbidden file',
      aPackage({ 'assets/manual.PDF': 'x' }),
      'error forbidden-file assets/manual.PDF: Zendesk refuses packages with .pdf files',
    ],
    [
      'a disguised archive',
      aPackage({ 'assets/data.json': 'PK\x03\x04xxxx' }),
      'error forbidden-file assets/data.json: This is a zip archive',
    ],
    ['settings with secrets', aPackage({ 'zcli.apps.config.json': '{}' }), 'error secret-file zcli.apps.config.json'],
    ['an environment file', aPackage({ '.env.production': 'X=1' }), 'error secret-file .env.production'],
    ['a private key', aPackage({ 'assets/server.key': 'x' }), 'error secret-file assets/server.key'],
    ['a source map', aPackage({ 'assets/index.js.map': '{}' }), 'error source-map assets/index.js.map'],
    ['installed packages', aPackage({ 'node_modules/x/index.js': '' }), 'error node-modules'],
    ['a hidden file', aPackage({ '.DS_Store': 'x' }), 'warning hidden-file .DS_Store'],
    [
      'an unsafe address',
      aPackage({ 'assets/index.js': 'fetch("http://api.example.com/x"); "http://www.w3.org/2000/svg"' }),
      'warning insecure-url assets/index.js: Addresses should begin with https://: http://api.example.com/x',
    ],
    [
      'too large a package',
      aPackage({ 'assets/noise.js': new Uint8Array(randomBytes(2_200_000)) }),
      'error size .: Zipped, the package has',
    ],
  ])
})
