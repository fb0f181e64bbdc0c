/** Allows or denies at a page of the sandbox without signing in. Returns the URL that the browser is redirected to. */
export async function decideAt(pageUrl: string, decision: 'allow' | 'deny'): Promise<string> {
  const page = await (await fetch(pageUrl)).text()
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
  if (action === undefined)
    throw new Error(`no decision to make at ${pageUrl}: ${page.replace(/<style>.*<\/style>|<[^>]+>/gs, ' ').trim()}`)
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
    name!,
    value!.replaceAll('&amp;', '&'),
  ])
  const answer = await fetch(new URL(action, pageUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams([...hidden, ['decision', decision]]),
  })
  const location = answer.headers.get('location')
  if (location === null) throw new Error(`${answer.status} after the decision`)
  return location
}
