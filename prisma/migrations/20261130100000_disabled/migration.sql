-- AlterTable
ALTER TABLE "Connector" ADD COLUMN "disabledAt" TIMESTAMPTZ(3),
ADD COLUMN "disabledById" UUID;

-- AlterTable
ALTER TABLE "Instance" ADD COLUMN "disabledAt" TIMESTAMPTZ(3),
ADD COLUMN "disabledById" UUID;

-- CreateIndex
CREATE INDEX "Connector_workspaceId_disabledAt_idx" ON "Connector"("workspaceId", "disabledAt");

-- CreateIndex
CREATE INDEX "Instance_workspaceId_disabledAt_idx" ON "Instance"("workspaceId", "disabledAt");

-- CreateIndex
CREATE INDEX "Shape_connectorId_idx" ON "Shape"("connectorId");

-- Written by hand ---------------------------------------------------------------------------------------------------
--
-- Disabling raises the stamp of the row as every other change of it does, so that a request whose check begins after the
-- commit is refused in every process. A disabled instance does not count as failing. The connector's own row is locked
-- before the rank and the flows, and nothing that holds one of those waits for it.

CREATE FUNCTION counts_as_failing(instance "Instance") RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT instance."status" IN ('failing', 'needs_authorising_again') AND instance."disabledAt" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "Connector" c WHERE c."id" = instance."connectorId" AND c."disabledAt" IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION rank_connector(connector uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_failing boolean;
BEGIN
  PERFORM FROM "ConnectorRank" WHERE "id" = connector FOR NO KEY UPDATE;
  SELECT EXISTS (SELECT 1 FROM "Instance" i WHERE i."connectorId" = connector
    AND i."status" IN ('failing', 'needs_authorising_again') AND counts_as_failing(i)) INTO now_failing;
  UPDATE "ConnectorRank" SET "failing" = now_failing, "rank" = failing_rank(now_failing, substr("rank", 2))
  WHERE "id" = connector AND "failing" <> now_failing;
END $$;

CREATE OR REPLACE FUNCTION rank_flow(flow uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_failing boolean;
BEGIN
  PERFORM FROM "Flow" WHERE "id" = flow FOR NO KEY UPDATE;
  SELECT EXISTS (
    SELECT 1 FROM "FlowVersion" v JOIN "Shape" s ON s."flowVersionId" = v."id" JOIN "Instance" i ON i."id" = s."instanceId"
    WHERE v."flowId" = flow AND v."state" = 'draft' AND counts_as_failing(i)
  ) INTO now_failing;
  UPDATE "Flow" SET "failing" = now_failing WHERE "id" = flow AND "failing" <> now_failing;
END $$;

CREATE TRIGGER "Instance_disabled_changed" AFTER UPDATE OF "disabledAt" ON "Instance"
  FOR EACH ROW WHEN ((OLD."disabledAt" IS NULL) <> (NEW."disabledAt" IS NULL) AND NEW."status" IN ('failing', 'needs_authorising_again'))
  EXECUTE FUNCTION rank_users_of_instance();

CREATE FUNCTION rank_users_of_connector() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  flow uuid;
BEGIN
  PERFORM rank_connector(NEW."id");
  FOR flow IN
    SELECT DISTINCT v."flowId" FROM "Instance" i JOIN "Shape" s ON s."instanceId" = i."id" JOIN "FlowVersion" v ON v."id" = s."flowVersionId"
    WHERE i."connectorId" = NEW."id" AND i."status" IN ('failing', 'needs_authorising_again') AND v."state" = 'draft'
    ORDER BY v."flowId"
  LOOP
    PERFORM rank_flow(flow);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "Connector_disabled_changed" AFTER UPDATE OF "disabledAt" ON "Connector"
  FOR EACH ROW WHEN ((OLD."disabledAt" IS NULL) <> (NEW."disabledAt" IS NULL)) EXECUTE FUNCTION rank_users_of_connector();
