import { comeAgainByGet } from '@/lib/oauth/form-post'

/** The redirect URI where the third party answers with a form; the proxy leads such requests here. */
export async function POST(request: Request): Promise<Response> {
  return comeAgainByGet(request)
}
