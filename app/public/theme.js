// Runs before the first paint: Zendesk says light or dark in the address, and the page must not flash white.
document.documentElement.dataset.scheme =
  new URLSearchParams(location.search).get('colorScheme') === 'dark' ? 'dark' : 'light'
