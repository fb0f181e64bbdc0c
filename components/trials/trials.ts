/** What is behind *Try it*: loaded when a person begins to use the page. */
export { TryEndpoint } from './try-endpoint'
export { TryInstance } from './try-instance'
export { TryMethod } from './try-method'
