declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/ */
  type Options = {
    domNode: HTMLElement
    /** Of the document. */
    url: string
    /** Called when the document is shown. */
    onComplete: () => void
    docExpansion: 'list' | 'full' | 'none'
    /** -1 leaves the schemas out. */
    defaultModelsExpandDepth: number
    filter: boolean
    tryItOutEnabled: boolean
    /** Null: no other server sees the document. */
    validatorUrl: null
    requestInterceptor: (request: object) => object
    plugins: (() => {
      statePlugins: { spec: { wrapActions: { parseToJson: WrapParseToJson } } }
      wrapComponents: Record<string, () => () => null>
    })[]
  }
  type WrapParseToJson = (
    original: unknown,
    system: { specActions: { updateJsonSpec: (document: object) => unknown } },
  ) => (text: string) => unknown
  export default function swaggerUi(options: Options): void
}
