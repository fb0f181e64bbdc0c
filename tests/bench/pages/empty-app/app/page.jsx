/** The minimum cost of any Next page. Rendered per request, like the pages of Patchbay. */
export const dynamic = 'force-dynamic'

export default function Page() {
  return <h1>An empty page</h1>
}
