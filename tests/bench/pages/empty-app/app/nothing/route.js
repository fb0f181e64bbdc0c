/** An empty route handler: what the framework alone costs. */
export function POST() {
  return new Response('ok')
}
