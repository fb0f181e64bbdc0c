import { definitionLimits } from './limits'
import { childOf, type ObjectNode } from './nodes'
import { absolute, type Server } from './read-server'
import { listMember, textMember, type Reader } from './reader'

/** The servers of OpenAPI 2.0: `schemes`, `host` and `basePath`. Without a host it is that of the document. */
export function serversOfVersion2(reader: Reader, documentUrl: string): Server[] {
  const { root } = reader
  const host = textMember(reader, root, 'host').trim().slice(0, definitionLimits.url)
  const path = textMember(reader, root, 'basePath').slice(0, definitionLimits.url).replace(/\/+$/, '')
  const basePath = path === '' || path.startsWith('/') ? path : `/${path}`
  if (host === '') {
    const url = absolute(basePath, documentUrl)
    if (url !== null && url !== '') return [serverAt(root, url)]
    reader.report.add(
      'not_imported',
      root,
      `The document names no host${basePath === '' ? '' : `, only the path ${basePath.slice(0, 60)}`}. Enter the base URL of the connector.`,
    )
    return []
  }
  return schemesOf(reader, root, 'https').map((scheme) => serverAt(root, `${scheme}://${host}${basePath}`))
}

/** http and https; others, such as ws, are reported. */
export function schemesOf(reader: Reader, parent: ObjectNode, usual: string): string[] {
  const listed = listMember(reader, parent, 'schemes')
  const usable = listed.filter(({ value }) => value === 'http' || value === 'https')
  for (const node of listed.filter((entry) => !usable.includes(entry)))
    reader.report.add('not_imported', node, 'Only http and https can be used.')
  return usable.length === 0 ? [usual] : usable.map(({ value }) => String(value))
}

function serverAt(root: ObjectNode, url: string): Server {
  return { url, description: '', variables: new Map(), node: childOf(root, 'host').withValue(root.value) }
}
