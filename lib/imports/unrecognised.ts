/** What is said about a document of an unknown kind. */
export const neither =
  'This is neither an OpenAPI document, nor a Postman collection, nor a connection document. The first has a key openapi or swagger with its version, the second the keys info and item, the third the keys patchbay and kind.'

export const onlyEnvironment =
  'This is a Postman environment, which has only variables. Put it in a zip file together with its collection, and import that.'
