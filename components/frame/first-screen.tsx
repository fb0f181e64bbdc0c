import { createElement } from 'react'

const name = 'first-screen'

/**
 * The browser draws a page first when it has read it up to the end of its first screen. Without this, it draws whatever
 * part has arrived: what comes later moves what is already visible, and a page is laid out and drawn several times. A
 * browser that does not know `expect` draws as before.
 * @see https://html.spec.whatwg.org/multipage/links.html#link-type-expect
 */
export function FirstScreenLink() {
  return <link rel="expect" href={`#${name}`} blocking="render" />
}

/** In a long list, below what fits on a large screen, so that nobody waits for the rows below it. */
export function FirstScreenEnd() {
  return <template id={name} />
}

/**
 * At the end of every page. It has the name instead of the ID, because an ID may occur only once. Not JSX, whose types no
 * longer know this attribute of an anchor.
 */
export function PageEnd() {
  return createElement('a', { hidden: true, name })
}
