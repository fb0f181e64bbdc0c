import type { Refusal } from './refusal'

/** The messages for requests that never reach the app, each written once. */

export const mostBodyBytes = 2 * 1024 * 1024

const unreadable = { status: 400, title: 'This request could not be read' }

/** Of a page: a program does not send such data. */
export const malformedRequest = (what: string): Refusal => ({
  ...unreadable,
  text: `${what} Reload the page and try again.`,
})

/** Typed by a person or sent by a program. */
export const malformedAddress: Refusal = {
  ...unreadable,
  text: 'Its address is not valid. Check it: an address is a path, with two hexadecimal digits after each %.',
}

export const foreignHost = (host: string | undefined): Refusal => ({
  status: 403,
  title: 'Patchbay does not use this address',
  text:
    `The request came for ${host === undefined ? 'no host' : `“${host.slice(0, 100)}”`}, which is not an address of this ` +
    'installation. Open the address that Patchbay printed when it started. To use another address, set it as APP_URL ' +
    '(or add it to PATCHBAY_PUBLIC_URLS) and restart; a reverse proxy must pass the Host header on.',
})

export const foreignOrigin: Refusal = {
  status: 403,
  title: 'This request came from another site',
  text:
    'Changes are accepted only from pages of this installation, and the browser did not confirm that this one is. Open ' +
    'Patchbay and try again there. If this happens on its own pages, its address is missing in APP_URL and ' +
    'PATCHBAY_PUBLIC_URLS.',
}

export const tooLarge: Refusal = {
  status: 413,
  title: 'This request is too large',
  text: 'A request may have at most 2 MB, and a file in it 1 MB. Nothing was changed. Choose a smaller file or send less text.',
}

export const uploadTooLarge: Refusal = {
  status: 413,
  title: 'This file is too large',
  text: 'A file to import can have at most 100 MB. Nothing was stored. Import a part of the document, or put it into a zip file.',
}

export const methodNotAllowed = (allowed: string): Refusal => ({
  status: 405,
  title: 'This address does not accept this method',
  text: `Only ${allowed} can be used here. Nothing was changed.`,
  headers: { allow: allowed },
})

export const databaseGone: Refusal = {
  status: 503,
  title: 'The database cannot be reached',
  text:
    'Patchbay is running, but its database does not respond. This page loads again by itself as soon as it is back. If ' +
    'it takes longer than a minute, tell the person who runs this server.',
  headers: { 'retry-after': '5' },
  reloadsWhenReady: true,
}

export const metricsClosed = (withToken: boolean): Refusal => ({
  status: withToken ? 401 : 403,
  title: 'You cannot read the metrics',
  text: withToken
    ? 'Send the token of PATCHBAY_METRICS_TOKEN in the header Authorization, as “Bearer …”.'
    : 'Without PATCHBAY_METRICS_TOKEN, only programs on this machine can read them. Set the variable, restart, and send the token in the header Authorization, as “Bearer …”.',
  headers: withToken ? { 'www-authenticate': 'Bearer' } : {},
})
