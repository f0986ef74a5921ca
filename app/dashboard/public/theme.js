// Runs before the first paint: Zendesk says light or dark in the address, else the browser does; the page must not flash.
const asked = new URLSearchParams(location.search).get('colorScheme')
const isDark = asked ? asked === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
document.documentElement.dataset.scheme = isDark ? 'dark' : 'light'
