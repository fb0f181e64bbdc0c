import { getImportProgress } from '@/lib/imports/get-import-progress'
import { answerStream } from '@/lib/platform/live/answer-stream'

type EventsInput = { params: Promise<{ importId: string }> }

/** Streams how far an import is (lib/platform/live/README.md). */
export async function GET(request: Request, { params }: EventsInput): Promise<Response> {
  const { importId } = await params
  return answerStream(request, {
    topic: 'imports',
    read: async (actor) => {
      const progress = await getImportProgress(actor, { importId })
      return progress.ok ? progress.value : null
    },
  })
}

/** Without it, the framework would open a stream that nobody reads. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { Allow: 'GET' } })
}
