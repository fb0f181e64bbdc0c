const id = 'first-screen'

/**
 * The browser draws a page first when it has read it up to FirstScreenEnd. Without this, it draws whatever part has
 * arrived: what comes later moves what is already visible, and a page is laid out and drawn several times. A browser
 * that does not know `expect` draws as before.
 * @see https://html.spec.whatwg.org/multipage/links.html#link-type-expect
 */
export function FirstScreenLink() {
  return <link rel="expect" href={`#${id}`} blocking="render" />
}

/**
 * At the end of every page. A long list also has one below what fits on a large screen, so that nobody waits for the
 * rows below it. The browser takes the first one.
 */
export function FirstScreenEnd() {
  return <template id={id} />
}
