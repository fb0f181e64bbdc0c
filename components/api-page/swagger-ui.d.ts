declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/ */
  type Options = {
    domNode: HTMLElement
    spec: object
    docExpansion: 'list' | 'full' | 'none'
    /** -1 leaves the schemas out. */
    defaultModelsExpandDepth: number
    filter: boolean
    tryItOutEnabled: boolean
    /** Null: no other server sees the document. */
    validatorUrl: null
    requestInterceptor: (request: object) => object
    plugins: (() => { wrapComponents: Record<string, () => () => null> })[]
  }
  export default function swaggerUi(options: Options): void
}
