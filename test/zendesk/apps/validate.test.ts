import { describe, expect, it } from 'vitest'
import { appFiles, asPackage, asZip, MANIFEST } from './an-app.ts'
import { BadPackage, MAX_ZIP_BYTES, unpack } from './package.ts'
import { validateApp } from './validate.ts'

function problems(manifest: object = {}, others: Record<string, string | null> = {}): string[] {
  return validateApp(asPackage(appFiles(manifest, others))).problems
}

function withParameter(parameter: object): object {
  return { parameters: [...MANIFEST.parameters, parameter] }
}

function at(place: unknown, name = 'ticket_sidebar'): object {
  return { location: { support: { [name]: place } } }
}

describe('validateApp', () => {
  it('accepts the small app', () => {
    expect(problems()).toEqual([])
  })

  it.each<[string, object, Record<string, string | null>, string]>([
    ['no manifest', {}, { 'manifest.json': null }, 'Could not find manifest.json'],
    ['a nested manifest', {}, { 'manifest.json': null, 'app/manifest.json': '{}' }, 'zip the files, not their folder'],
    ['a broken manifest', {}, { 'manifest.json': '{' }, 'manifest is not proper JSON'],
    ['a key twice', {}, { 'manifest.json': '{"name":"a","name":"b"}' }, 'Duplicate reference in manifest: "name"'],
    ['no author', { author: undefined }, {}, 'Missing required fields in manifest: author'],
    ['an author without host', { author: { url: 'http://' } }, {}, 'author url must be a valid URL'],
    ['a wrong locale', { defaultLocale: 'english' }, {}, 'english is not a valid default locale'],
    ['a locale without file', { defaultLocale: 'de' }, {}, 'Missing translation file for de'],
    ['framework 2', { frameworkVersion: '2' }, {}, '"2" is not a valid frameworkVersion'],
    ['framework 2.0 as a number', { frameworkVersion: 2 }, {}, 'is not a valid frameworkVersion'],
    ['private as text', { private: 'yes' }, {}, 'private must be a boolean value'],
    ['version as a number', { version: 1 }, {}, 'version must be a string value'],
    ['noTemplate', { noTemplate: true }, {}, 'noTemplate is deprecated'],
    ['terms that are no URL', { termsConditionsURL: 'terms' }, {}, 'termsConditionsURL must be a valid URL'],
    ['a whitelist of numbers', { domainWhitelist: [1] }, {}, 'domainWhitelist must be an array of strings'],
    ['an unknown product', { location: { phone: {} } }, {}, 'unknown product: phone'],
    ['an unknown location', at('assets/index.html', 'sidebar'), {}, 'sidebar is an invalid location in support'],
    ['a location without URL', at({}), {}, 'ticket_sidebar location does not specify a URI'],
    ['a file that is not there', at('assets/other.html'), {}, 'assets/other.html is referenced'],
    ['a path outside assets', at('index.html'), {}, 'invalid location URI'],
    ['an http URL', at('http://acme.example/'), {}, 'it must use https'],
    ['flexible as text', at({ url: 'assets/index.html', flexible: 'yes' }), {}, 'flexible must be a boolean value'],
    ['parameters as an object', { parameters: {} }, {}, 'App parameters must be an array'],
    ['a parameter twice', withParameter({ name: 'api_key' }), {}, 'Duplicate app parameters defined: api_key'],
    ['a parameter called name', withParameter({ name: 'name' }), {}, "Can't call a parameter 'name'"],
    ['type password', withParameter({ name: 'x', type: 'password' }), {}, 'password is an invalid parameter type'],
    ['type dropdown', withParameter({ name: 'x', type: 'dropdown' }), {}, 'dropdown is an invalid parameter type'],
    ['hidden and required', withParameter({ name: 'x', type: 'hidden', required: true }), {}, 'cannot be required'],
    [
      'a secure oauth parameter',
      withParameter({ name: 'x', type: 'oauth', secure: true }),
      {},
      'cannot be set to be secure',
    ],
    ['required as text', withParameter({ name: 'x', required: 'yes' }), {}, 'required must be a boolean value'],
    ['scopes without secure', withParameter({ name: 'x', scopes: ['url'] }), {}, 'require it to be secure'],
    ['no scopes', withParameter({ name: 'x', secure: true, scopes: [] }), {}, 'cannot be empty'],
    ['unknown scopes', withParameter({ name: 'x', secure: true, scopes: ['cookie'] }), {}, 'invalid values: cookie'],
    ['oauth without its keys', { oauth: { client_id: 'x' } }, {}, 'client_secret, authorize_uri, access_token_uri'],
    [
      'no app name',
      {},
      { 'translations/en.json': '{"app":{}}' },
      'Missing required key from translations/en.json: app.name',
    ],
    ['a translation that is no JSON', {}, { 'translations/de.json': '{' }, 'translations/de.json is not valid JSON'],
    ['a translation that is a list', {}, { 'translations/de.json': '[]' }, 'is not a valid JSON object'],
    [
      'a locale that is none',
      {},
      { 'translations/german.json': '{}' },
      'translations/german.json is an invalid locale',
    ],
    [
      'a parameter without label',
      {},
      { 'translations/en.json': '{"app":{"name":"x","parameters":{"api_key":{}}}}' },
      'app.parameters.api_key.label',
    ],
    ['a public app without texts', { private: false }, {}, 'app.long_description'],
    ['a pdf', {}, { 'assets/manual.pdf': 'x' }, 'Unsupported MIME type detected in assets/manual.pdf'],
    ['no logo', {}, { 'assets/logo-small.png': null }, 'Missing assets/logo-small.png'],
    ['broken requirements', {}, { 'requirements.json': '[' }, 'requirements.json is not valid JSON'],
    ['groups as requirements', {}, { 'requirements.json': '{"groups":{}}' }, 'invalid types: groups'],
    [
      'a field without title',
      {},
      { 'requirements.json': '{"ticket_fields":{"tier":{"type":"text"}}}' },
      'Missing required field "title" in requirement "tier"',
    ],
    [
      'an identifier twice',
      {},
      { 'requirements.json': '{"views":{"a":{"title":"x"},"a":{"title":"y"}}}' },
      'Duplicate reference in requirements.json: "a"',
    ],
    [
      'an http target',
      {},
      { 'requirements.json': '{"targets":{"a":{"title":"x","type":"http_target"}}}' },
      'not supported: use webhooks',
    ],
    [
      'requirements only without them',
      { requirementsOnly: true, location: undefined },
      {},
      'requirements.json is missing',
    ],
    ['requirements only with a location', { requirementsOnly: true }, {}, 'is not supported'],
  ])('refuses %s', (_, manifest, others, problem) => {
    expect(problems(manifest, others).join('\n')).toContain(problem)
  })

  it.each<[string, object, Record<string, string | null>]>([
    ['an unknown key', { _warning: 'x' }, {}],
    ['a location given as a URL', at('assets/index.html?x=1#top'), {}],
    ['a location on localhost', at('http://localhost:3000/'), {}],
    ['a location named by a setting', at('{{setting.url}}'), {}],
    ['no URL where nothing loads', at({ autoLoad: false }), {}],
    ['a second language without app', {}, { 'translations/de.json': '{"note":"Notiz"}' }],
    ['fields and views', {}, { 'requirements.json': '{"ticket_fields":{"a":{"title":"A","type":"text"}}}' }],
  ])('accepts %s', (_, manifest, others) => {
    expect(problems(manifest, others)).toEqual([])
  })
})

describe('unpack', () => {
  it('takes a zip apart', () => {
    expect(Object.keys(unpack(asZip(appFiles())))).toContain('manifest.json')
  })

  it.each([
    ['what is no zip', new TextEncoder().encode('hello'), 'Invalid zip file'],
    ['more than 2 MB', new Uint8Array(MAX_ZIP_BYTES + 1), 'too large'],
    [
      'a zip that fills the memory',
      asZip({ 'big.txt': '0'.repeat(51 * 1024 * 1024) }),
      'too large when it is unpacked',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => unpack(bytes)).toThrow(BadPackage)
    expect(() => unpack(bytes)).toThrow(message)
  })
})
