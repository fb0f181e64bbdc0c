import { getConnectorIcon } from '@/lib/connectors/get-connector-icon'
import { currentActor } from '@/lib/platform/session/actor'

/**
 * The icon, restricted so that an SVG that is opened directly runs no scripts, loads nothing and belongs to no origin.
 * Its address contains the connector's revision, so browsers may cache it.
 */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ connectorId: string }> },
): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return new Response(null, { status: 401 })
  const icon = await getConnectorIcon(actor, { connectorId: (await params).connectorId })
  if (!icon.ok) return new Response(null, { status: 404 })
  return new Response(Buffer.from(icon.value.base64, 'base64'), {
    headers: {
      'Content-Type': icon.value.type,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': 'inline; filename="icon"',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, max-age=86400, immutable',
    },
  })
}
