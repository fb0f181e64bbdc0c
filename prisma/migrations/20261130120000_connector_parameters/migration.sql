-- Parameters of a connector, sent with every endpoint request and test request (DATA §16): they belong to no method and
-- no endpoint. A parameter may be a cookie.

ALTER TYPE "ParameterPlace" ADD VALUE 'cookie';

ALTER TABLE "Parameter" DROP CONSTRAINT "Parameter_one_owner";
ALTER TABLE "Parameter" ADD CONSTRAINT "Parameter_one_owner" CHECK ("methodId" IS NULL OR "endpointId" IS NULL);
-- Always sent, by requests that the product decides: no filter, no field of an instance, no choice of phases, no body.
ALTER TABLE "Parameter" ADD CONSTRAINT "Parameter_of_connector" CHECK (
  "methodId" IS NOT NULL OR "endpointId" IS NOT NULL
  OR ("required" AND "place"::text <> 'body' AND "phases" = '{}' AND "steps" = '{}'));

-- Finds those of a connector itself among those of its thousands of endpoints.
CREATE INDEX "Parameter_connectorId_methodId_endpointId_position_idx" ON "Parameter"("connectorId", "methodId", "endpointId", "position");
