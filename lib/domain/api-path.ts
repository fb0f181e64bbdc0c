/** Where the REST API is, below the address of this installation. A breaking change would need another one. */
export const apiPath = '/api/v1'
