/** What a locale looks like in the manifest and in the names of translation files. */
export const LOCALE = /^[a-z]{2,3}(-\w{2,3})?$/i
