/** What the demo company's Help Center holds before anybody escalates. */
export const CATEGORY = 'Northwind Cloud'

export const SECTIONS = [
  { name: 'Known issues', description: 'For agents: what we know and what helps meanwhile.', isInternal: true },
  { name: 'Runbooks', description: 'For agents: step by step.', isInternal: true },
  { name: 'Sign-in', description: 'For customers.', isInternal: false },
] as const

export const ARTICLES: { section: (typeof SECTIONS)[number]['name']; title: string; body: string }[] = [
  {
    section: 'Sign-in',
    title: 'Setting up single sign-on',
    body: '<p>Add your identity provider under Admin, Security, and upload its certificate.</p>',
  },
  {
    section: 'Runbooks',
    title: 'Renewing a SAML certificate',
    body: '<ol><li>Ask for the new certificate.</li><li>Upload it beside the old one.</li><li>Switch over.</li></ol>',
  },
  {
    section: 'Known issues',
    title: 'Exports stop at 10,000 rows',
    body: '<p>Large exports are cut. Split them by month until the limit is lifted.</p>',
  },
]
