import { getConnectorDocument } from '@/lib/imports/get-connector-document'
import { currentActor } from '@/lib/platform/session/actor'

/** The connector as a file: a connection document (YAML), without credentials. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ connectorId: string }> },
): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return new Response(null, { status: 401 })
  const read = await getConnectorDocument(actor, { connectorId: (await params).connectorId })
  if (!read.ok) return new Response(read.error.message, { status: read.error.code === 'not_found' ? 404 : 409 })
  return new Response(read.value.document, {
    headers: {
      'Content-Type': 'application/yaml; charset=utf-8',
      'Content-Disposition': `attachment; filename="${read.value.key}.yaml"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })
}
