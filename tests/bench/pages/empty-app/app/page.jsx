/** What every page of Next costs, whatever is on it. Made per request, as the pages of Patchbay are. */
export const dynamic = 'force-dynamic'

export default function Page() {
  return <h1>An empty page</h1>
}
