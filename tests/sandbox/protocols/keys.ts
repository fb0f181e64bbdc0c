import { readApiToken, readBasic, type Caller } from '../api/caller'
import { header, readMembers, refuse, type ArrivedRequest, type CreatePart } from './protocol'

function cookieOf(request: ArrivedRequest, name: string): string | undefined {
  const pairs = header(request, 'cookie')
    .split(';')
    .map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** API keys in other locations than a header, and two credentials that are needed together. */
export const createKeys: CreatePart = (state) => {
  const check = (key: string | null | undefined, location: string): Caller => {
    if (key === null || key === undefined || key === '')
      refuse('api_key_missing', `The API key is missing: send it as ${location}`)
    const caller = readApiToken(state, key) ?? refuse('invalid_api_key', 'The API key is not valid')
    return { ...caller, type: 'api_key' }
  }
  const both = (request: ArrivedRequest): Caller => {
    check(header(request, 'x-api-key'), 'the header X-Api-Key')
    const [, credentials] = /^Basic (\S+)$/i.exec(header(request, 'authorization')) ?? []
    if (credentials === undefined)
      refuse('basic_missing', 'The API key alone is not enough: authenticate with Basic too')
    return { ...readBasic(state, credentials), type: 'api_key' }
  }
  return {
    doors: [],
    protocols: [
      {
        prefix: '/keys/query',
        authenticate: ({ url }) => check(url.searchParams.get('key'), 'the query parameter key'),
      },
      {
        prefix: '/keys/cookie',
        authenticate: (request) => check(cookieOf(request, 'acme_key'), 'the cookie acme_key'),
      },
      {
        prefix: '/keys/body',
        readsByPost: true,
        authenticate: (request) => check(readMembers(request).api_key, 'the member api_key of the body'),
      },
      { prefix: '/keys/two', authenticate: both },
    ],
  }
}
